#include "services/order/api/saga_messages.hpp"
#include "services/order/tests/unit/order_samples.hpp"

#include <gtest/gtest.h>

namespace tandem::order {
namespace {

using Kind = ReadMessage::Kind;

messaging::Delivery delivery(std::string type, std::string body) {
    messaging::Delivery delivery;
    delivery.event_id = "0192F0C4-0000-7000-8000-00000000000A";
    delivery.event_type = std::move(type);
    delivery.body = std::move(body);
    return delivery;
}

/// The order's status after a pending order has taken the message.
OrderStatus status_after(std::string type, std::string body) {
    const auto read = read_message(delivery(std::move(type), std::move(body)));
    Order order = samples::order_that_is(OrderStatus::pending);
    if (read.fact) {
        EXPECT_EQ(read.fact->order, OrderId(17));
        order.apply(read.fact->decide(order).value(), samples::noon);
    }
    return order.status();
}

const std::string payment =
    R"("payment_id":31,"order_id":17,"amount":"139.99","timestamp":"2026-11-23T12:00:00Z","transaction_id")";

TEST(SagaMessagesTest, MeanWhatTheySay) {
    using enum OrderStatus;
    EXPECT_EQ(status_after("stock.reserved", R"({"order_id":17,"items":[]})"), processing);
    EXPECT_EQ(
        status_after("stock.rejected", R"({"order_id":17,"reason":"out_of_stock","error_message":"x"})"),
        failed);
    EXPECT_EQ(status_after("payment.processed", "{" + payment + R"(:"t-1"})"), paid);
    EXPECT_EQ(status_after("payment.failed", "{" + payment + R"(:null,"error_message":"Declined."})"),
              failed);
    EXPECT_EQ(status_after("payment.refunded", "{" + payment + R"(:"t-1"})"), pending);
    EXPECT_EQ(status_after("stock.released", R"({"order_id":17,"items":[],"reason":"expired"})"), pending);
    EXPECT_EQ(status_after("email.sent", R"({"order_id":17,"template":"order_paid","message_id":"<m@x>"})"),
              pending);
    EXPECT_EQ(
        status_after("email.failed",
                     R"({"order_id":17,"template":"order_paid","message_id":"<m@x>","error_message":"550"})"),
        pending);
}

TEST(SagaMessagesTest, KeepThePaymentWithItsTransaction) {
    const auto read = read_message(delivery("payment.processed", "{" + payment + R"(:"t-1"})"));
    const auto decision = read.fact->decide(samples::order_that_is(OrderStatus::processing));
    const Payment expected{31, Money::from_cents(13'999), PaymentStatus::processed, "t-1", samples::noon};
    EXPECT_EQ(std::get<Paid>(*decision).payment, expected);
}

TEST(SagaMessagesTest, KeepTheMailsTemplate) {
    const auto read = read_message(
        delivery("email.sent", R"({"order_id":17,"template":"order_paid","message_id":"<m@x>"})"));
    const auto decision = read.fact->decide(samples::order_that_is(OrderStatus::paid));
    EXPECT_EQ(std::get<MailSent>(*decision).template_name, "order_paid");
}

TEST(SagaMessagesTest, AreKnownByTheirIdInLowerCase) {
    const auto read = read_message(delivery("stock.reserved", R"({"order_id":17})"));
    EXPECT_EQ(read.fact->event_id, "0192f0c4-0000-7000-8000-00000000000a");
}

TEST(SagaMessagesTest, AreIgnoredWhenNoOrderWaitsForThem) {
    EXPECT_EQ(read_message(delivery("stock.counted", R"({"anything":1})")).kind, Kind::ignored);
    EXPECT_EQ(
        read_message(delivery("email.sent", R"({"order_id":null,"template":"welcome","message_id":"<m>"})"))
            .kind,
        Kind::ignored);
}

TEST(SagaMessagesTest, AreMalformedWhenTheyCanNeverBeUnderstood) {
    EXPECT_EQ(read_message(delivery("stock.reserved", "not JSON")).kind, Kind::malformed);
    EXPECT_EQ(read_message(delivery("stock.counted", "not JSON")).kind, Kind::malformed);
    EXPECT_EQ(read_message(delivery("stock.reserved", "{}")).kind, Kind::malformed);
    EXPECT_EQ(read_message(delivery("stock.rejected", R"({"order_id":17,"reason":"bad luck"})")).kind,
              Kind::malformed);
    EXPECT_EQ(read_message(delivery("payment.processed", R"({"order_id":17,"payment_id":"x"})")).kind,
              Kind::malformed);
    for (const char* id :
         {"", "17", "0192f0c4-0000-7000-8000-00000000000g", "0192f0c4-0000-7000-8000-00000000000aa"}) {
        auto wrong_id = delivery("stock.reserved", R"({"order_id":17})");
        wrong_id.event_id = id;
        EXPECT_EQ(read_message(wrong_id).kind, Kind::malformed) << id;
    }
}

} // namespace
} // namespace tandem::order
