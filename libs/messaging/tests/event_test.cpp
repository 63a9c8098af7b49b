#include "libs/messaging/event.hpp"

#include <gtest/gtest.h>

namespace tandem::messaging {
namespace {

const Timestamp noon = *parse_rfc3339("2026-11-23T12:00:00Z");
const Context context{"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "request-1"};

TEST(MakeEvent, PutsTheEnvelopeInFrontOfTheFields) {
    const auto event =
        make_event("order.order.paid", R"({"order_id":7,"total_amount":"12.50"})", noon, context);

    EXPECT_EQ(event.routing_key, "order.order.paid");
    EXPECT_EQ(event.event_type, "order.paid");
    EXPECT_EQ(event.body,
              R"({"event_id":")" + event.event_id +
                  R"(","event_type":"order.paid","version":1,"timestamp":"2026-11-23T12:00:00.000000Z",)"
                  R"("order_id":7,"total_amount":"12.50"})");
    EXPECT_EQ(event.context.traceparent, context.traceparent);
    EXPECT_EQ(event.context.request_id, "request-1");
}

TEST(MakeEvent, AnEventMayHaveNoFieldsOfItsOwn) {
    const auto event = make_event("shop.clock.ticked", "{}", noon, context);

    EXPECT_TRUE(event.body.ends_with(R"("timestamp":"2026-11-23T12:00:00.000000Z"})"));
}

TEST(MakeEvent, LaterEventsHaveGreaterIds) {
    const auto first = make_event("order.order.paid", "{}", noon, context);
    const auto second = make_event("order.order.paid", "{}", noon, context);

    EXPECT_LT(first.event_id, second.event_id);
}

TEST(DerivedEventId, DependsOnItsCauseAndItsRoutingKeyAlone) {
    const auto id = derived_event_id("01a2072e-6d8d-7000-bec9-f51ffad32757", "email.email.sent");

    EXPECT_EQ(id, derived_event_id("01a2072e-6d8d-7000-bec9-f51ffad32757", "email.email.sent"));
    EXPECT_NE(id, derived_event_id("01a2072e-6d8d-7000-bec9-f51ffad32757", "email.email.failed"));
    EXPECT_EQ(id.size(), 36u);
    EXPECT_EQ(id[14], '8');
}

TEST(MakeEvent, RefusesWhatIsNoRoutingKeyOrNoObject) {
    EXPECT_THROW(make_event("order.paid", "{}", noon, context), std::logic_error);
    EXPECT_THROW(make_event("order", "{}", noon, context), std::logic_error);
    EXPECT_THROW(make_event("order.order.paid", "[1]", noon, context), std::logic_error);
    EXPECT_THROW(make_event("order.order.paid", "", noon, context), std::logic_error);
}

} // namespace
} // namespace tandem::messaging
