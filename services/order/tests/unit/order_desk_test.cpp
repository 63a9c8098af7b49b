#include "libs/testing/run.hpp"
#include "services/order/core/order_desk.hpp"
#include "services/order/domain/notice.hpp"
#include "services/order/tests/unit/fakes.hpp"

#include <gtest/gtest.h>

namespace tandem::order {
namespace {

using fakes::admin;
using fakes::customer;
using testing::run;

class OrderDeskTest : public ::testing::Test {
protected:
    void SetUp() override {
        Placed placed = samples::placed();
        placed.order = id;
        run(orders.add({placed, "", {}, {}}));
    }
    void happened(OrderEvent event) {
        auto& events = orders.orders.at(id).events;
        events.push_back({static_cast<int>(events.size()) + 1, orders.now, "", "{}", std::move(event)});
    }

    const OrderId id{1};
    fakes::OrdersInMemory orders;
    OrderDesk desk{orders};
};

TEST_F(OrderDeskTest, ShowsAnOrderToItsOwnerAndToAdminsOnly) {
    EXPECT_TRUE(run(desk.find(id, customer(5))).has_value());
    EXPECT_TRUE(run(desk.find(id, admin())).has_value());
    EXPECT_EQ(run(desk.find(id, customer(6))).error().kind(), ErrorKind::not_found);
    EXPECT_EQ(run(desk.history(id, customer(6))).error().kind(), ErrorKind::not_found);
    EXPECT_EQ(run(desk.cancel(id, customer(6))).error().kind(), ErrorKind::not_found);
    EXPECT_EQ(run(desk.find(OrderId(2), admin())).error().kind(), ErrorKind::not_found);
    EXPECT_EQ(run(desk.list(UserId(5), 0, 10, customer(6))).error().kind(), ErrorKind::forbidden);
    EXPECT_EQ(orders.orders.at(id).events.size(), 1u);
}

TEST_F(OrderDeskTest, ShowsAllOrdersToAdminsOnly) {
    const OrderFilter filter{OrderStatus::paid, OrderId(9), 10};
    EXPECT_EQ(run(desk.list_all(filter, customer(5))).error().kind(), ErrorKind::forbidden);
    EXPECT_TRUE(orders.filters.empty());
    EXPECT_EQ(run(desk.list_all(filter, admin()))->size(), 1u);
    EXPECT_EQ(orders.filters.size(), 1u);
}

TEST_F(OrderDeskTest, CancelsOnceAndSaysByWhom) {
    const auto cancelled = run(desk.cancel(id, customer(5)));
    ASSERT_TRUE(cancelled.has_value());
    EXPECT_EQ(cancelled->state.status, OrderStatus::cancelled);
    EXPECT_EQ(cancelled->state.reason, Reason::cancelled_by_customer);

    EXPECT_EQ(run(desk.cancel(id, admin()))->state.reason, Reason::cancelled_by_customer);
    EXPECT_EQ(orders.orders.at(id).events.size(), 2u);
}

TEST_F(OrderDeskTest, ChangesNothingForACallerWhoHasGivenUp) {
    Caller late = admin();
    late.deadline = std::chrono::steady_clock::now();
    EXPECT_THROW(run(desk.cancel(id, late)), DeadlineExceeded);
    EXPECT_THROW(run(desk.move(id, OrderStatus::cancelled, late)), DeadlineExceeded);
    EXPECT_EQ(orders.orders.at(id).events.size(), 1u);
}

TEST_F(OrderDeskTest, RefusesToCancelWhatIsShipped) {
    happened(Paid{samples::payment()});
    happened(Shipped{});
    EXPECT_EQ(run(desk.cancel(id, customer(5))).error().kind(), ErrorKind::conflict);
}

TEST_F(OrderDeskTest, MovesOrdersByHandOnlyAsTheRulesAllow) {
    EXPECT_EQ(run(desk.move(id, OrderStatus::shipped, admin())).error().kind(), ErrorKind::conflict);
    happened(Paid{samples::payment()});
    EXPECT_EQ(run(desk.move(id, OrderStatus::shipped, customer(5))).error().kind(), ErrorKind::forbidden);
    for (const OrderStatus never :
         {OrderStatus::pending, OrderStatus::processing, OrderStatus::paid, OrderStatus::failed}) {
        EXPECT_EQ(run(desk.move(id, never, admin())).error().kind(), ErrorKind::conflict);
    }
    EXPECT_EQ(run(desk.move(id, OrderStatus::shipped, admin()))->state.status, OrderStatus::shipped);
    EXPECT_EQ(run(desk.move(id, OrderStatus::delivered, admin()))->state.status, OrderStatus::delivered);
}

TEST(NoticeTest, TellsTheCustomerWhatConcernsThem) {
    const OrderState state = samples::order_that_is(OrderStatus::pending).state();
    EXPECT_EQ(notice_for(samples::placed(), state), "Order #17 is placed: 1399.97.");
    EXPECT_EQ(notice_for(Failed{Reason::out_of_stock, "", std::nullopt}, state),
              "Order #17 failed: a product is out of stock.");
    EXPECT_EQ(notice_for(Cancelled{Reason::cancelled_by_customer, true}, state),
              "Order #17 is cancelled: you cancelled it. Your money comes back.");
    EXPECT_EQ(notice_for(Processing{}, state), std::nullopt);
    EXPECT_EQ(notice_for(MailSent{"order_paid", "<m@x>"}, state), std::nullopt);
}

} // namespace
} // namespace tandem::order
