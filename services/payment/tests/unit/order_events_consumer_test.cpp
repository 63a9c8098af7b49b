#include "libs/kernel/unavailable.hpp"
#include "libs/testing/run.hpp"
#include "services/payment/api/order_events_consumer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

namespace tandem::payment {
namespace {

messaging::Delivery delivery(std::string type, std::string extra = "", std::string amount = "12.50") {
    messaging::Delivery made;
    made.event_id = "019a0000-0000-7000-8000-000000000001";
    made.event_type = std::move(type);
    made.context.request_id = "r1";
    made.body = fmt::format(
        R"({{"order_id":7,"user_id":42,"user_email":"a@example.com","total_amount":"{}","payment_method":"paypal"{}}})",
        amount,
        extra);
    return made;
}

TEST(OrderNoticeTest, ReadsAReservationWithEverythingThatTheChargeNeeds) {
    const auto read = read_order_notice(delivery("stock.reserved", R"(,"unknown":[1,2])"));
    ASSERT_TRUE(read && read->concerns_us);
    EXPECT_EQ(read->notice.kind, OrderNotice::Kind::stock_reserved);
    const Purchase& purchase = read->notice.purchase;
    EXPECT_EQ(purchase.order, OrderId(7));
    EXPECT_EQ(purchase.user, UserId(42));
    EXPECT_EQ(purchase.amount, Money::from_cents(1250));
    EXPECT_EQ(purchase.origin.request_id, "r1");
}

TEST(OrderNoticeTest, TheEndOfAnOrderIsAVoidUnlessItsReasonSaysThereIsNothingToVoid) {
    for (const std::string reason : {"expired", "cancelled_by_customer", "cancelled_by_admin"}) {
        const auto read = read_order_notice(delivery("order.failed", R"(,"reason":")" + reason + "\""));
        ASSERT_TRUE(read && read->concerns_us) << reason;
        EXPECT_EQ(read->notice.kind, OrderNotice::Kind::order_ended);
    }
    for (const std::string reason :
         {"out_of_stock", "price_changed", "unknown_product", "payment_declined", "payment_unavailable"}) {
        const auto read = read_order_notice(delivery("order.failed", R"(,"reason":")" + reason + "\""));
        ASSERT_TRUE(read) << reason;
        EXPECT_FALSE(read->concerns_us) << reason;
    }
    EXPECT_TRUE(read_order_notice(delivery("order.cancelled"))->concerns_us) << "without a reason";
}

TEST(OrderNoticeTest, OtherEventsAreNoneOfOurBusiness) {
    EXPECT_FALSE(read_order_notice(delivery("order.paid"))->concerns_us);
}

TEST(OrderNoticeTest, WhatCannotBeChargedIsDead) {
    EXPECT_FALSE(read_order_notice(delivery("stock.reserved", "", "0.00")));
    EXPECT_FALSE(read_order_notice(delivery("stock.reserved", "", "-1.00")));
    EXPECT_FALSE(read_order_notice(delivery("stock.reserved", "", "lots")));
    auto broken = delivery("stock.reserved");
    broken.body = "{";
    EXPECT_FALSE(read_order_notice(broken));
    broken.body = R"({"order_id":7})";
    EXPECT_FALSE(read_order_notice(broken));
}

class TakenNotices final : public Payments {
public:
    Task<std::set<std::string>> take(std::vector<OrderNotice> notices, Timestamp) override {
        if (down) {
            throw Unavailable("no database");
        }
        batches.push_back(notices.size());
        std::set<std::string> fresh;
        for (const OrderNotice& notice : notices) {
            if (notice.event_id != taken_before) {
                fresh.insert(notice.event_id);
            }
        }
        co_return fresh;
    }
    Task<std::vector<Payment>> claim(Claim) override { co_return std::vector<Payment>(); }
    Task<bool> save(Payment, Timestamp) override { co_return true; }
    Task<std::optional<Payment>> find(OrderId) override { co_return std::nullopt; }

    std::vector<std::size_t> batches;
    std::string taken_before;
    bool down = false;
};

class OrderEventsConsumerTest : public ::testing::Test {
protected:
    SystemClock clock;
    TakenNotices payments;
    OrderEventsConsumer consumer{payments, clock};
};

TEST_F(OrderEventsConsumerTest, TakesABatchAtOnceAndPoisonHarmsOnlyItself) {
    using enum messaging::Verdict;
    auto poison = delivery("stock.reserved");
    poison.body = "junk";
    const std::vector batch{
        delivery("stock.reserved"), poison, delivery("order.paid"), delivery("order.cancelled")};
    EXPECT_THAT(testing::run(consumer.handle(batch)), ::testing::ElementsAre(done, dead, done, done));
    EXPECT_THAT(payments.batches, ::testing::ElementsAre(2U));
}

TEST_F(OrderEventsConsumerTest, TellsAnEventThatWasTakenBefore) {
    using enum messaging::Verdict;
    auto again = delivery("stock.reserved");
    again.event_id = payments.taken_before = "taken before";
    EXPECT_THAT(testing::run(consumer.handle({again, delivery("stock.reserved")})),
                ::testing::ElementsAre(duplicate, done));
}

TEST_F(OrderEventsConsumerTest, KeepsTheBatchWhileTheDatabaseIsDown) {
    payments.down = true;
    EXPECT_THROW(testing::run(consumer.handle({delivery("stock.reserved")})), Unavailable);
}

} // namespace
} // namespace tandem::payment
