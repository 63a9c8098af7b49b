#include "libs/testing/run.hpp"
#include "services/order/core/saga.hpp"
#include "services/order/tests/unit/fakes.hpp"

#include <gtest/gtest.h>

namespace tandem::order {
namespace {

using testing::run;
using Outcome = Saga::Outcome;

class SettableClock final : public Clock {
public:
    Timestamp now() const override { return moment; }
    Timestamp moment = samples::noon;
};

Fact reserved(std::int64_t order, std::string event_id) {
    return {OrderId(order), std::move(event_id), {}, [](const Order& held) { return held.stock_reserved(); }};
}

Fact paid(std::int64_t order, std::string event_id) {
    return {OrderId(order), std::move(event_id), {}, [](const Order& held) {
                return held.payment_processed(samples::payment());
            }};
}

class SagaTest : public ::testing::Test {
protected:
    void SetUp() override {
        for (int i = 0; i < 3; ++i) {
            Placed placed = samples::placed();
            placed.order = run(orders.next_id(Deadline::max()));
            run(orders.add({placed, "", {}, {}}));
        }
    }
    OrderStatus status(std::int64_t order) { return orders.orders.at(OrderId(order)).order().status(); }
    std::vector<Outcome> follow(std::vector<Fact> facts) { return run(saga.follow(std::move(facts))); }

    fakes::OrdersInMemory orders;
    SettableClock clock;
    Saga saga{orders, clock, std::chrono::minutes(15)};
};

TEST_F(SagaTest, FollowsABatchInItsOrder) {
    EXPECT_EQ(follow({reserved(1, "a"), paid(1, "b"), reserved(2, "c")}),
              std::vector({Outcome::followed, Outcome::followed, Outcome::followed}));
    EXPECT_EQ(status(1), OrderStatus::paid);
    EXPECT_EQ(status(2), OrderStatus::processing);
    EXPECT_EQ(status(3), OrderStatus::pending);
    EXPECT_EQ(orders.orders.at(OrderId(1)).events.size(), 3u);
}

TEST_F(SagaTest, HandlesAMessageOnceInOneBatchOrInTwo) {
    follow({reserved(1, "a"), reserved(1, "a")});
    EXPECT_EQ(follow({reserved(1, "a")}), std::vector({Outcome::repeated}));
    EXPECT_EQ(orders.orders.at(OrderId(1)).events.size(), 2u);
}

TEST_F(SagaTest, AsksForAFactAboutAnUnknownOrderAgainLater) {
    EXPECT_EQ(follow({reserved(4, "early"), reserved(1, "a")}),
              std::vector({Outcome::unknown, Outcome::followed}));
    Placed placed = samples::placed();
    placed.order = run(orders.next_id(Deadline::max()));
    run(orders.add({placed, "", {}, {}}));

    EXPECT_EQ(follow({reserved(4, "early")}), std::vector({Outcome::followed}));
    EXPECT_EQ(status(4), OrderStatus::processing);
}

TEST_F(SagaTest, FailsOrdersThatStayOpenTooLong) {
    follow({reserved(1, "a"), paid(2, "b")});
    clock.moment = samples::noon + std::chrono::minutes(16);

    EXPECT_EQ(run(saga.expire_overdue(10, {})), 2u);
    EXPECT_EQ(status(1), OrderStatus::failed);
    EXPECT_EQ(status(2), OrderStatus::paid);
    EXPECT_EQ(orders.orders.at(OrderId(3)).order().state().reason, Reason::expired);
    EXPECT_EQ(run(saga.expire_overdue(10, {})), 0u);
}

TEST_F(SagaTest, LeavesYoungOrdersAlone) {
    clock.moment = samples::noon + std::chrono::minutes(14);
    EXPECT_EQ(run(saga.expire_overdue(10, {})), 0u);
}

} // namespace
} // namespace tandem::order
