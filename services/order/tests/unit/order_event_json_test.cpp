#include "services/order/infrastructure/order_event_json.hpp"
#include "services/order/tests/unit/order_samples.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tandem::order {
namespace {

using samples::noon;
using samples::payment;
using ::testing::EndsWith;
using ::testing::HasSubstr;

/// A whole life with every kind of event, though no order lives all of it.
std::vector<std::vector<OrderEvent>> lives() {
    return {
        {Processing{}, Paid{payment()}, MailSent{"order_paid", "<a@x>"}, Shipped{}, Delivered{}},
        {Failed{Reason::out_of_stock, "Only \"1\" left.", std::nullopt},
         MailFailed{"order_failed", "<b@x>", "550"}},
        {Processing{}, Failed{Reason::payment_declined, "Declined.", payment(PaymentStatus::failed)}},
        {Paid{payment()},
         Cancelled{Reason::cancelled_by_admin, true},
         StockReleased{"cancelled_by_admin"},
         Refunded{payment(PaymentStatus::refunded)}},
    };
}

TEST(OrderEventJsonTest, ReadsBackEveryEventSoThatReplayGivesTheSameOrder) {
    for (const auto& life : lives()) {
        Order lived;
        Order replayed;
        std::vector<OrderEvent> events{samples::placed()};
        events.insert(events.end(), life.begin(), life.end());
        for (const OrderEvent& event : events) {
            lived.apply(event, noon);
            const StoredEvent stored = write_event({event, lived.state(), {}}, noon);
            EXPECT_EQ(stored.message.event_type, type_of(event));
            replayed.apply(read_event(stored.message.event_type, stored.message.body), noon);
        }
        EXPECT_EQ(replayed.state(), lived.state());
    }
}

TEST(OrderEventJsonTest, PublishesWhatOthersWaitForAndKeepsTheRest) {
    const OrderState state = samples::order_that_is(OrderStatus::pending).state();
    const auto key = [&state](OrderEvent event) { return write_event({event, state, {}}, noon).routing_key; };

    EXPECT_EQ(key(samples::placed()), "order.order.created");
    EXPECT_EQ(key(Paid{payment()}), "order.order.paid");
    EXPECT_EQ(key(Failed{Reason::expired, "", std::nullopt}), "order.order.failed");
    EXPECT_EQ(key(Cancelled{Reason::cancelled_by_customer, false}), "order.order.cancelled");
    EXPECT_EQ(key(Shipped{}), "order.order.shipped");
    EXPECT_EQ(key(Processing{}), std::nullopt);
    EXPECT_EQ(key(Delivered{}), std::nullopt);
    EXPECT_EQ(key(Refunded{payment()}), std::nullopt);
    EXPECT_EQ(key(StockReleased{"expired"}), std::nullopt);
    EXPECT_EQ(key(MailSent{"a", "b"}), std::nullopt);
    EXPECT_EQ(key(MailFailed{"a", "b", "c"}), std::nullopt);
}

TEST(OrderEventJsonTest, WritesTheOrderFieldsFlat) {
    const Order order = samples::order_that_is(OrderStatus::paid);
    const StoredEvent stored = write_event({Paid{payment()}, order.state(), {"00-trace", "req-1"}}, noon);

    EXPECT_EQ(stored.message.context.request_id, "req-1");
    EXPECT_THAT(
        stored.message.body,
        EndsWith(R"("order_id":17,"user_id":5,"user_email":"paintest@example.com","items":[)"
                 R"({"product_id":2,"product_name":"Wireless Mouse","quantity":2,"price":"49.99"},)"
                 R"({"product_id":1,"product_name":"Gaming Laptop","quantity":1,"price":"1299.99"}],)"
                 R"("total_amount":"1399.97","payment_method":"paypal","shipping_address":{"city":"Graz"},)"
                 R"("payment_id":31,"amount":"1399.97","transaction_id":"txn-31",)"
                 R"("payment_created_at":"2026-11-23T12:00:00.000000Z"})"));
    EXPECT_THAT(stored.message.body, HasSubstr(R"("event_type":"order.paid","version":1,"timestamp":"2026)"));
}

TEST(OrderEventJsonTest, RefusesWhatItDidNotWrite) {
    EXPECT_THROW(read_event("order.paid", "{}"), std::logic_error);
    EXPECT_THROW(read_event("order.invented", "{}"), std::logic_error);
    EXPECT_THROW(read_event("order.failed", R"({"reason":"bad luck"})"), std::logic_error);
}

} // namespace
} // namespace tandem::order
