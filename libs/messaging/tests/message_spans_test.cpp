#include "libs/messaging/message_spans.hpp"
#include "libs/testing/span_collector.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tandem::messaging {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

const Context cause{.traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                    .request_id = "request-1"};

OutgoingEvent sample_event(std::string event_id) {
    return make_event_with_id(std::move(event_id),
                              "order.order.created",
                              R"({"order_id":17,"user_id":41})",
                              SystemClock().now(),
                              cause);
}

/// Stored a second after midnight of 1 January 1970.
const std::string old_id = "00000000-03e8-7000-8000-000000000001";

Delivery sample_delivery(std::string body, int attempt) {
    return {.event_id = "018f0000-0000-7000-8000-000000000001",
            .event_type = "order.created",
            .routing_key = "order.order.created",
            .body = std::move(body),
            .context = cause,
            .attempt = attempt};
}

/// As OTLP's JSON writes an attribute.
std::string text(const std::string& key, const std::string& value) {
    return R"({"key":")" + key + R"(","value":{"stringValue":")" + value + R"("}})";
}
std::string number(const std::string& key, int value) {
    return R"({"key":")" + key + R"(","value":{"intValue":")" + std::to_string(value) + R"("}})";
}

TEST(PublishSpanTest, TellsWhatIsPublishedAndHowLongItHadWaited) {
    ::tandem::testing::SpanCollector collector;
    OutgoingEvent event = sample_event(old_id);
    {
        const auto span = start_publish_span(event);
    }

    const auto carried = telemetry::parse_traceparent(event.context.traceparent);
    ASSERT_TRUE(carried);
    const std::string spans = collector.close();
    EXPECT_THAT(
        spans,
        AllOf(HasSubstr(R"("name":"publish order.created","kind":4)"),
              HasSubstr(R"("spanId":")" + carried->span_id + R"(","parentSpanId":"00f067aa0ba902b7")"),
              HasSubstr(text("messaging.system", "rabbitmq")),
              HasSubstr(text("messaging.message.id", event.event_id)),
              HasSubstr(number("tandem.order_id", 17)),
              HasSubstr(text("enduser.id", "41")),
              HasSubstr(R"("key":"tandem.outbox.wait_ms","value":{"intValue":"1)")));
}

TEST(PublishSpanTest, GuessesNoAgeOfAnIdThatTellsNone) {
    ::tandem::testing::SpanCollector collector;
    OutgoingEvent event = sample_event(derived_event_id(old_id, "email.email.sent"));
    {
        const auto span = start_publish_span(event);
    }
    EXPECT_THAT(collector.close(), Not(HasSubstr("wait_ms")));
}

TEST(PublishSpanTest, LeavesTheEventAloneWhenNothingIsExported) {
    OutgoingEvent event = sample_event(old_id);
    {
        const auto span = start_publish_span(event);
    }
    EXPECT_EQ(event.context.traceparent, cause.traceparent);
}

TEST(ProcessSpansTest, TellWhatBecameOfEachDelivery) {
    ::tandem::testing::SpanCollector collector;
    std::vector<Delivery> batch{sample_delivery(R"({"order_id":17})", 1),
                                sample_delivery("junk", 1),
                                sample_delivery(R"({"order_id":18})", 5)};
    ProcessSpans spans("rabbitmq", "product_service_queue", batch);
    EXPECT_NE(batch[0].context.traceparent, cause.traceparent) << "the handler works within the span";
    spans.end({{Verdict::duplicate, ""}, {Verdict::dead, "not JSON"}, {Verdict::retry, "too slow"}}, 5);

    const std::string told = collector.close();
    EXPECT_THAT(told,
                AllOf(HasSubstr(R"("name":"process order.created","kind":5)"),
                      HasSubstr(number("messaging.batch.message_count", 3)),
                      HasSubstr(text("tandem.message.outcome", "duplicate")),
                      HasSubstr(R"("status":{"code":2,"message":"not JSON"})"),
                      HasSubstr(R"("status":{"code":2,"message":"too slow"})"),
                      HasSubstr(text("tandem.message.outcome", "dead_lettered"))));
    EXPECT_THAT(told, Not(HasSubstr("retried"))) << "the fifth attempt of five was the last";
}

TEST(ProcessSpansTest, TellThatDeliveriesComeAgain) {
    ::tandem::testing::SpanCollector collector;
    std::vector<Delivery> batch{sample_delivery(R"({"order_id":17})", 1)};
    ProcessSpans spans("rabbitmq", "product_service_queue", batch);
    spans.give_back();
    EXPECT_THAT(collector.close(),
                AllOf(HasSubstr(text("tandem.message.outcome", "given_back")), HasSubstr(R"("code":2)")));
}

TEST(ProcessSpansTest, NameNoOwnerWithoutAnOrder) {
    ::tandem::testing::SpanCollector collector;
    std::vector<Delivery> batch{sample_delivery(R"({"user_id":41})", 1)};
    ProcessSpans spans("rabbitmq", "email_service_queue", batch);
    spans.end({{Verdict::done, ""}}, 5);
    EXPECT_THAT(collector.close(), Not(HasSubstr("enduser.id")));
}

} // namespace
} // namespace tandem::messaging
