#include "flight-recorder/tests/unit/samples.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tandem::recorder {
namespace {

using samples::attribute;
using samples::members;
using samples::request;

std::string replaced(std::string text, const std::string& what, const std::string& with) {
    const auto at = text.find(what);
    return at == std::string::npos ? "the sample lacks " + what : text.replace(at, what.size(), with);
}

TEST(OtlpRequestTest, ReadsASpanAsTheProtocolWritesIt) {
    const auto spans = read_spans(request(members(
        attribute("tandem.order_id", R"({"intValue":"17"})") + "," +
        attribute("enduser.id", R"({"stringValue":"41"})") + "," +
        attribute("tandem.order.event", R"({"stringValue":"order.paid"})") + "," +
        attribute("ratio", R"({"doubleValue":0.5})") + "," + attribute("open", R"({"boolValue":true})"))));
    ASSERT_TRUE(spans) << spans.error().message();
    ASSERT_EQ(spans->size(), 1U);
    const auto& [trace_id, span] = spans->front();
    EXPECT_EQ(trace_id, "5b8efff798038103d269b633813fc60c");
    EXPECT_EQ(span.id, 0xeee19b7ec3c1b174U);
    EXPECT_EQ(span.parent_id, 0xeee19b7ec3c1b173U);
    EXPECT_EQ(span.service, "order-service");
    EXPECT_EQ(span.kind, SpanKind::internal);
    EXPECT_EQ(span.start_us, 1'544'712'660'000'000);
    EXPECT_EQ(span.duration_us, 1'000'500);
    EXPECT_EQ(span.status, SpanStatus::error);
    EXPECT_EQ(span.status_message, "declined");
    EXPECT_EQ(span.order_id, 17);
    EXPECT_EQ(span.owner, 41);
    EXPECT_TRUE(span.ends_order);
    EXPECT_EQ(span.attributes.text,
              R"({"tandem.order_id":17,"enduser.id":"41","tandem.order.event":"order.paid",)"
              R"("ratio":0.5,"open":true})");
}

TEST(OtlpRequestTest, LeavesOutWhatItCannotShow) {
    const auto spans = read_spans(request(
        members(attribute("list", R"({"arrayValue":{"values":[]}})") + "," + R"({"key":"nothing"})")));
    ASSERT_TRUE(spans) << spans.error().message();
    EXPECT_EQ(spans->front().span.attributes.text, "{}");
}

TEST(OtlpRequestTest, CutsLongTextsAndLongLists) {
    std::string many = attribute("long", R"({"stringValue":")" + std::string(5'000, 'x') + R"("})");
    for (int i = 0; i < 100; ++i) {
        many += "," + attribute("key" + std::to_string(i), R"({"intValue":1})");
    }
    const auto spans = read_spans(request(members(many)));
    ASSERT_TRUE(spans) << spans.error().message();
    const std::string& text = spans->front().span.attributes.text;
    EXPECT_LT(text.size(), 2'500U);
    EXPECT_THAT(text, ::testing::HasSubstr("key62"));
    EXPECT_THAT(text, ::testing::Not(::testing::HasSubstr("key63")));
}

TEST(OtlpRequestTest, TakesARequestWithoutSpans) {
    for (const char* body : {"{}", R"({"resourceSpans":[]})", R"({"resourceSpans":[{"scopeSpans":[{}]}]})"}) {
        const auto spans = read_spans(body);
        ASSERT_TRUE(spans) << body;
        EXPECT_TRUE(spans->empty()) << body;
    }
}

TEST(OtlpRequestTest, RefusesWhatIsMalformed) {
    const std::string good = request(members(""));
    ASSERT_TRUE(read_spans(good));
    const std::string trace = "5B8EFFF798038103D269B633813FC60C";
    for (const std::string& bad : {std::string(),
                                   std::string("null"),
                                   std::string("[]"),
                                   std::string("\x0a\x05protobuf"),
                                   good.substr(0, good.size() / 2),
                                   std::string(R"({"resourceSpans":7})"),
                                   replaced(good, trace, std::string(32, '0')),
                                   replaced(good, trace, trace.substr(1)),
                                   replaced(good, trace, "zz" + trace.substr(2)),
                                   replaced(good, "eee19b7ec3c1b174", ""),
                                   replaced(good, "eee19b7ec3c1b173", "short"),
                                   replaced(good, R"("kind":1)", R"("kind":6)"),
                                   replaced(good, R"("kind":1)", R"("kind":-1)"),
                                   replaced(good, R"("code":2)", R"("code":3)"),
                                   replaced(good, R"("1544712660000000000")", R"("soon")"),
                                   replaced(good, R"("1544712660000000000")", R"("-5")"),
                                   replaced(good, R"("1544712660000000000")", R"("99999999999999999999")"),
                                   replaced(good, "1544712661000500999", "1544712659000000000"),
                                   replaced(good, R"("name":"store order.paid",)", "")}) {
        const auto spans = read_spans(bad);
        ASSERT_FALSE(spans) << bad;
        EXPECT_EQ(spans.error().kind(), ErrorKind::bad_request) << bad;
        EXPECT_FALSE(spans.error().message().empty()) << bad;
    }
}

TEST(OtlpRequestTest, TakesNumbersThatAreNoneForNoOrder) {
    const auto spans = read_spans(request(members(attribute("tandem.order_id", R"({"stringValue":"many"})") +
                                                  "," + attribute("enduser.id", R"({"intValue":-3})"))));
    ASSERT_TRUE(spans) << spans.error().message();
    EXPECT_EQ(spans->front().span.order_id, 0);
    EXPECT_EQ(spans->front().span.owner, 0);
}

} // namespace
} // namespace tandem::recorder
