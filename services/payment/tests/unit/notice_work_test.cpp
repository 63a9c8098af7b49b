#include "services/payment/core/notice_work.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tandem::payment {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Kind = OrderNotice::Kind;

constexpr Timestamp now{std::chrono::seconds(1'000'000)};

OrderNotice notice(std::string event_id, Kind kind, std::int64_t order) {
    return {std::move(event_id),
            kind,
            {OrderId(order), UserId(1), "a@shop.test", Money::from_cents(500), "credit_card", {}}};
}

TEST(NoticeWorkTest, LeavesOutWhatWasTakenBefore) {
    const NoticeWork work = work_of({notice("old", Kind::order_ended, 1)}, {}, now);

    EXPECT_THAT(work.new_payments, IsEmpty());
    EXPECT_THAT(work.ended_orders, IsEmpty());
}

TEST(NoticeWorkTest, OpensAPaymentForAReservedOrder) {
    const NoticeWork work = work_of({notice("a", Kind::stock_reserved, 1)}, {"a"}, now);

    ASSERT_EQ(work.new_payments.size(), 1u);
    EXPECT_EQ(work.new_payments[0].state().status, Status::pending);
    EXPECT_THAT(work.ended_orders, IsEmpty());
}

TEST(NoticeWorkTest, LetsTheEndOfAnOrderWinWhicheverComesFirst) {
    for (const bool ends_first : {true, false}) {
        std::vector<OrderNotice> notices{notice("a", Kind::stock_reserved, 1),
                                         notice("b", Kind::order_ended, 1)};
        if (ends_first) {
            std::swap(notices[0], notices[1]);
        }
        const NoticeWork work = work_of(std::move(notices), {"a", "b"}, now);

        ASSERT_EQ(work.new_payments.size(), 1u);
        EXPECT_EQ(work.new_payments[0].state().status, Status::voided);
        EXPECT_THAT(work.ended_orders, ElementsAre(OrderId(1)));
    }
}

TEST(NoticeWorkTest, GivesOrdersInAscendingOrder) {
    const NoticeWork work =
        work_of({notice("a", Kind::order_ended, 9), notice("b", Kind::order_ended, 2)}, {"a", "b"}, now);

    EXPECT_THAT(work.ended_orders, ElementsAre(OrderId(2), OrderId(9)));
}

} // namespace
} // namespace tandem::payment
