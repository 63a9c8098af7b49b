#include "libs/telemetry/otlp.hpp"
#include "libs/telemetry/trace.hpp"

#include <gtest/gtest.h>

#include <set>
#include <simdjson.h>

namespace tandem::telemetry {
namespace {

const std::string good = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

TEST(TraceParentTest, ReadsItsFourFields) {
    const auto read = parse_traceparent(good);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->trace_id, "4bf92f3577b34da6a3ce929d0e0e4736");
    EXPECT_EQ(read->span_id, "00f067aa0ba902b7");
    EXPECT_TRUE(read->sampled);
    EXPECT_EQ(to_string(*read), good);
    EXPECT_FALSE(parse_traceparent(good.substr(0, 53) + "02")->sampled);
    EXPECT_TRUE(parse_traceparent(good.substr(0, 53) + "03")->sampled);
}

TEST(TraceParentTest, AcceptsLaterVersionsByTheirFirstFields) {
    EXPECT_TRUE(parse_traceparent("01" + good.substr(2)));
    EXPECT_TRUE(parse_traceparent("cc" + good.substr(2) + "-what-the-future-brings"));
    EXPECT_FALSE(parse_traceparent("cc" + good.substr(2) + ".what"));
}

TEST(TraceParentTest, RefusesWhatBreaksTheGrammar) {
    const std::string zero_trace = "00-" + std::string(32, '0') + "-00f067aa0ba902b7-01";
    const std::string zero_span = "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01";
    for (const std::string& bad : {std::string(),
                                   std::string("00"),
                                   good.substr(0, 54),
                                   good + "-",
                                   good + "0",
                                   "ff" + good.substr(2),
                                   "0g" + good.substr(2),
                                   "00_" + good.substr(3),
                                   std::string("00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01"),
                                   good.substr(0, 53) + "0x",
                                   zero_trace,
                                   zero_span}) {
        EXPECT_FALSE(parse_traceparent(bad)) << bad;
    }
}

TEST(SpanTest, ContinuesTheTraceOfItsParentUnderAnIdOfItsOwn) {
    const Span span = Span::start("POST", {good, "request-1"}, Span::Kind::server);
    const auto own = parse_traceparent(span.context().traceparent);
    ASSERT_TRUE(own);
    EXPECT_EQ(own->trace_id, "4bf92f3577b34da6a3ce929d0e0e4736");
    EXPECT_NE(own->span_id, "00f067aa0ba902b7");
    EXPECT_EQ(span.context().request_id, "request-1");
}

TEST(SpanTest, HandsItsParentOnWhenNobodyWouldKnowItsOwnId) {
    const Span span = Span::start("charge", {good, "request-1"});
    EXPECT_FALSE(span.is_recorded());
    EXPECT_EQ(span.context().traceparent, good);
}

TEST(SpanTest, BeginsATraceWhenTheParentIsEmptyOrBroken) {
    std::set<std::string> traces;
    for (const std::string parent : {"", "junk", ""}) {
        const auto own = parse_traceparent(Span::start("scan", {parent, ""}).context().traceparent);
        ASSERT_TRUE(own);
        traces.insert(own->trace_id);
    }
    EXPECT_EQ(traces.size(), 3U);
}

TEST(SpanTest, KeepsTheDecisionNotToSample) {
    const Span span = Span::start("charge", {good.substr(0, 53) + "00", ""});
    EXPECT_FALSE(parse_traceparent(span.context().traceparent)->sampled);
}

TEST(SpanTest, CostsNothingMoreWhenNothingIsExported) {
    Span span = Span::start("charge", new_context());
    span.attribute("url.path", "/checkout");
    span.about_order(7, 41);
    span.rename("refund");
    span.began_at(Timestamp());
    span.fail("declined");
    const Span moved = std::move(span);
    EXPECT_TRUE(parse_traceparent(moved.context().traceparent));
}

TEST(OtlpTest, WritesSpansAsTheProtocolSays) {
    FinishedSpan span;
    span.name = "POST \"/checkout\"";
    span.trace_id = "4bf92f3577b34da6a3ce929d0e0e4736";
    span.span_id = "00f067aa0ba902b7";
    span.kind = Span::Kind::server;
    span.started = Timestamp(std::chrono::microseconds(1'500'000));
    span.ended = Timestamp(std::chrono::microseconds(2'500'001));
    span.attributes = {
        {"http.route", "/checkout"}, {"tandem.order_id", std::int64_t{7}}, {"tandem.breaker.open", false}};
    span.failed = true;
    span.failure = "timed out";

    const std::string text = otlp_json("order-service", {span, span});
    simdjson::dom::parser parser;
    const auto resource = parser.parse(text).value()["resourceSpans"].at(0);
    EXPECT_EQ(std::string_view(resource["resource"]["attributes"].at(0)["value"]["stringValue"]),
              "order-service");
    const auto first = resource["scopeSpans"].at(0)["spans"].at(0);
    EXPECT_EQ(std::string_view(first["name"]), "POST \"/checkout\"");
    EXPECT_EQ(std::int64_t(first["kind"]), 2);
    EXPECT_EQ(std::string_view(first["startTimeUnixNano"]), "1500000000");
    EXPECT_EQ(std::string_view(first["endTimeUnixNano"]), "2500001000");
    EXPECT_EQ(std::int64_t(first["status"]["code"]), 2);
    const auto attributes = first["attributes"];
    EXPECT_EQ(std::string_view(attributes.at(0)["key"]), "http.route");
    EXPECT_EQ(std::string_view(attributes.at(1)["value"]["intValue"]), "7");
    EXPECT_FALSE(bool(attributes.at(2)["value"]["boolValue"]));
}

TEST(SpanTest, IsNotRecordedWhenItsTraceIsNot) {
    open_tracing("gateway", {"http://127.0.0.1:1"});
    EXPECT_FALSE(Span::start("GET", unrecorded_context(), Span::Kind::client).is_recorded());
    EXPECT_TRUE(Span::start("GET", new_context(), Span::Kind::client).is_recorded());
    close_tracing();
}

TEST(OtlpTest, NobodyListeningHarmsNobody) {
    open_tracing("order-service", {"http://127.0.0.1:1"});
    {
        const Span span = Span::start("charge", {});
    }
    close_tracing();
    EXPECT_TRUE(parse_traceparent(Span::start("charge", {}).context().traceparent));
}

} // namespace
} // namespace tandem::telemetry
