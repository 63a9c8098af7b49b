#include "libs/telemetry/log_line.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <simdjson.h>

namespace tandem::telemetry {
namespace {

const Timestamp moment = *parse_rfc3339("2026-11-23T06:10:37.123456Z");

std::string line(std::string_view message, Fields fields = {}) {
    return log_line(moment, Level::warn, "order-service", message, fields);
}

simdjson::dom::element parse(simdjson::dom::parser& parser, const std::string& text) {
    return parser.parse(text).value();
}

TEST(LogLineTest, HoldsTimeLevelServiceMessageAndFieldsInThisOrder) {
    EXPECT_EQ(
        line("stock is low", {{"product_id", 7}, {"ratio", 0.5}, {"sold_out", false}, {"name", "Mouse"}}),
        R"({"time":"2026-11-23T06:10:37.123456Z","level":"warn","service":"order-service",)"
        R"("message":"stock is low","product_id":7,"ratio":0.5,"sold_out":false,"name":"Mouse"})");
}

TEST(LogLineTest, StaysOneValidLineWhateverIsLogged) {
    simdjson::dom::parser parser;
    std::string everything;
    for (int byte = 0; byte < 256; ++byte) {
        everything.push_back(static_cast<char>(byte));
    }
    const std::string text = line(everything, {{"quote\"", "back\\slash\nnew"}});
    EXPECT_EQ(text.find('\n'), std::string::npos);
    const auto read = parse(parser, text);
    EXPECT_EQ(std::string_view(read["quote\""]), "back\\slash\nnew");
}

TEST(LogLineTest, KeepsUtf8AndReplacesWhatIsNone) {
    simdjson::dom::parser parser;
    const auto read = parse(parser, line("gr\xC3\xBC\xC3\x9F \xF0\x9F\x9A\xB2 \xC3"));
    EXPECT_EQ(std::string_view(read["message"]), "gr\xC3\xBC\xC3\x9F \xF0\x9F\x9A\xB2 \xEF\xBF\xBD");
}

TEST(LogLineTest, RefusesOverlongFormsAndSurrogates) {
    simdjson::dom::parser parser;
    for (const std::string bad : {"\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80"}) {
        const std::string text = line(bad);
        EXPECT_TRUE(simdjson::validate_utf8(text)) << text;
        parse(parser, text);
    }
}

TEST(LogLineTest, SplitsTheTraceparentAndLeavesOutOneThatIsBroken) {
    simdjson::dom::parser parser;
    const auto read = parse(
        parser, line("x", {{"traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}}));
    EXPECT_EQ(std::string_view(read["trace_id"]), "4bf92f3577b34da6a3ce929d0e0e4736");
    EXPECT_EQ(std::string_view(read["span_id"]), "00f067aa0ba902b7");
    EXPECT_EQ(line("x", {{"traceparent", "junk"}}), line("x"));
}

TEST(LogLineTest, NumbersThatJsonCannotHoldBecomeNull) {
    simdjson::dom::parser parser;
    const auto read = parse(parser, line("x", {{"rate", std::nan("")}, {"size", INFINITY}}));
    EXPECT_TRUE(read["rate"].is_null());
    EXPECT_TRUE(read["size"].is_null());
}

TEST(LogTest, WritesWhatIsQueuedBeforeItCloses) {
    ::testing::internal::CaptureStdout();
    open_log("order-service", Level::info);
    log_debug("not this");
    for (int i = 0; i < 1000; ++i) {
        log_info("line", {{"i", i}});
    }
    close_log();
    const std::string written = ::testing::internal::GetCapturedStdout();
    EXPECT_EQ(std::ranges::count(written, '\n'), 1000);
    EXPECT_NE(written.find(R"("i":999})"), std::string::npos);
    EXPECT_EQ(written.find("not this"), std::string::npos);
}

TEST(LogTest, BeforeItIsOpenLinesGoToStandardError) {
    ::testing::internal::CaptureStderr();
    log_error("too early");
    EXPECT_NE(::testing::internal::GetCapturedStderr().find("too early"), std::string::npos);
}

} // namespace
} // namespace tandem::telemetry
