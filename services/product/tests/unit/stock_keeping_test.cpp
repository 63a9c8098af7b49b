#include "libs/testing/run.hpp"
#include "services/product/core/stock_keeping.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tandem::product {
namespace {

using Kind = OrderNotice::Kind;
using ::testing::Each;
using ::testing::ElementsAre;
using testing::run;

/// One product with `units` of stock, and everything that was ever written.
class BookInMemory final : public StockBook {
public:
    static constexpr ProductId lamp{5};
    static constexpr Money price = Money::from_cents(3'999);

    Task<std::unique_ptr<StockPage>> open(StockScope scope) override {
        ++opened;
        if (contended > 0) {
            --contended;
            throw Contention("deadlock");
        }
        scopes.push_back(scope);
        co_return std::make_unique<PageInMemory>(*this, scope);
    }

    class PageInMemory final : public StockPage {
    public:
        PageInMemory(BookInMemory& book, const StockScope& scope) : book_(book) {
            for (const std::string& event : scope.event_ids) {
                if (!book.inbox.contains(event)) {
                    new_events_.insert(event);
                }
            }
            ledger_.put_on_shelf(lamp, {"Desk Lamp", price, true, book.stock});
            for (const OrderId order : scope.orders) {
                if (book.reservations.contains(order)) {
                    ledger_.remember(order, book.reservations.at(order));
                }
            }
        }
        const std::set<std::string>& new_events() const override { return new_events_; }
        StockLedger& ledger() override { return ledger_; }
        Task<> write(StockEntries entries) override {
            if (book_.contended_writes > 0) {
                --book_.contended_writes;
                throw Contention("duplicate key");
            }
            book_.inbox.insert(new_events_.begin(), new_events_.end());
            for (const std::string& event : entries.postponed_events) {
                book_.inbox.erase(event);
            }
            for (const auto& records : {ledger_.new_reservations(), ledger_.changed_reservations()}) {
                for (const auto& record : records) {
                    book_.reservations.insert_or_assign(record.order, record.reservation);
                }
            }
            book_.stock = ledger_.stock(lamp);
            book_.written.push_back(std::move(entries));
            co_return;
        }

    private:
        BookInMemory& book_;
        std::set<std::string> new_events_;
        StockLedger ledger_;
    };

    Stock stock = Stock::of(2);
    std::set<std::string> inbox;
    std::map<OrderId, Reservation> reservations;
    std::vector<StockScope> scopes;
    std::vector<StockEntries> written;
    int opened = 0;
    int contended = 0;
    int contended_writes = 0;
};

class StockKeepingTest : public ::testing::Test {
protected:
    static OrderNotice
    notice(Kind kind, std::int64_t order, const std::string& event, std::string reason = "") {
        OrderNotice notice;
        notice.kind = kind;
        notice.event_id = event;
        notice.order.id = OrderId(order);
        notice.order.user = UserId(40 + order);
        notice.order.user_email = "buyer@example.com";
        notice.order.lines = {{BookInMemory::lamp, "Desk Lamp", 1, BookInMemory::price}};
        notice.order.shipping_address = R"({"city":"Ulm"})";
        notice.reason = std::move(reason);
        notice.context.traceparent = "trace-of-" + event;
        return notice;
    }

    BookInMemory book;
    StockKeeping keeping{book};
};

TEST_F(StockKeepingTest, AnnouncesReservationsWithEverythingTheOrderSaid) {
    run(keeping.settle({notice(Kind::created, 1, "a")}));

    ASSERT_EQ(book.written.size(), 1u);
    ASSERT_EQ(book.written[0].announcements.size(), 1u);
    const StockAnnouncement& announced = book.written[0].announcements[0];
    EXPECT_EQ(announced.kind, StockAnnouncement::Kind::reserved);
    EXPECT_EQ(announced.order.user_email, "buyer@example.com");
    EXPECT_EQ(announced.order.shipping_address, R"({"city":"Ulm"})");
    EXPECT_EQ(announced.order.lines.size(), 1u);
    EXPECT_EQ(announced.context.traceparent, "trace-of-a");
}

TEST_F(StockKeepingTest, RejectsWithAReasonWhatIsSoldOut) {
    run(keeping.settle(
        {notice(Kind::created, 1, "a"), notice(Kind::created, 2, "b"), notice(Kind::created, 3, "c")}));

    const StockAnnouncement& last = book.written.at(0).announcements.at(2);
    EXPECT_EQ(last.kind, StockAnnouncement::Kind::rejected);
    EXPECT_EQ(last.reason, "out_of_stock");
    EXPECT_FALSE(last.message.empty());
    EXPECT_EQ(book.stock.reserved, 2);
}

TEST_F(StockKeepingTest, HandlesAnEventOnceInABatchAndAcrossBatches) {
    run(keeping.settle({notice(Kind::created, 1, "a"), notice(Kind::created, 1, "a")}));
    const auto again = run(keeping.settle({notice(Kind::created, 1, "a")}));

    EXPECT_THAT(again, ElementsAre(std::nullopt));
    EXPECT_EQ(book.stock.reserved, 1);
    EXPECT_EQ(book.written.at(0).announcements.size(), 1u);
    EXPECT_TRUE(book.written.at(1).announcements.empty());
}

TEST_F(StockKeepingTest, RemembersTheBuyersOfPaidOrders) {
    run(keeping.settle({notice(Kind::created, 1, "a"), notice(Kind::paid, 1, "b")}));

    EXPECT_THAT(book.written.at(0).purchases, ElementsAre(Purchase{UserId(41), BookInMemory::lamp}));
    EXPECT_EQ(book.stock.sold, 1);
}

TEST_F(StockKeepingTest, AnnouncesThatCancelledOrdersGaveTheirUnitsBack) {
    run(keeping.settle(
        {notice(Kind::created, 1, "a"), notice(Kind::created, 2, "b"), notice(Kind::paid, 2, "c")}));
    run(keeping.settle({notice(Kind::cancelled, 1, "d", "cancelled_by_customer"),
                        notice(Kind::cancelled, 2, "e", "cancelled_by_admin")}));

    const auto& announced = book.written.at(1).announcements;
    ASSERT_EQ(announced.size(), 2u);
    EXPECT_EQ(announced[0].kind, StockAnnouncement::Kind::released);
    EXPECT_EQ(announced[0].reason, "cancelled_by_customer");
    EXPECT_EQ(announced[1].reason, "cancelled_by_admin");
    EXPECT_EQ(book.stock, Stock::of(2));
}

TEST_F(StockKeepingTest, AFailureBeforeItsOrderAnnouncesNothingAndHoldsNothingLater) {
    run(keeping.settle({notice(Kind::failed, 1, "a", "expired")}));
    run(keeping.settle({notice(Kind::created, 1, "b")}));

    EXPECT_TRUE(book.written.at(0).announcements.empty());
    EXPECT_TRUE(book.written.at(1).announcements.empty());
    EXPECT_EQ(book.stock, Stock::of(2));
}

TEST_F(StockKeepingTest, HandsAPrematurePaymentBackAndTakesItLater) {
    const auto first = run(keeping.settle({notice(Kind::paid, 1, "b"), notice(Kind::created, 2, "x")}));
    EXPECT_THAT(first, ElementsAre(Effect::premature, Effect::reserved));
    EXPECT_TRUE(book.written.at(0).purchases.empty());

    run(keeping.settle({notice(Kind::created, 1, "a")}));
    EXPECT_THAT(run(keeping.settle({notice(Kind::paid, 1, "b")})), ElementsAre(Effect::committed));
    EXPECT_EQ(book.stock.sold, 1);
}

TEST_F(StockKeepingTest, ReportsPaymentsOfWhatIsNoLongerHeld) {
    run(keeping.settle({notice(Kind::created, 1, "a"), notice(Kind::failed, 1, "b", "expired")}));
    run(keeping.settle({notice(Kind::paid, 1, "c")}));

    EXPECT_THAT(book.written.at(1).refused_orders, ElementsAre(OrderId(1)));
    EXPECT_EQ(book.stock, Stock::of(2));
}

TEST_F(StockKeepingTest, NamesEveryOrderAndProductOnceInAscendingOrder) {
    run(keeping.settle(
        {notice(Kind::created, 9, "c"), notice(Kind::created, 4, "a"), notice(Kind::paid, 4, "b")}));

    const StockScope& scope = book.scopes.at(0);
    EXPECT_THAT(scope.orders, ElementsAre(OrderId(4), OrderId(9)));
    EXPECT_THAT(scope.products, ElementsAre(BookInMemory::lamp));
    EXPECT_THAT(scope.event_ids, ElementsAre("a", "b", "c"));
}

TEST_F(StockKeepingTest, BeginsAnewWhenAnotherWasInTheWay) {
    book.contended = 2;
    book.contended_writes = 2;
    run(keeping.settle({notice(Kind::created, 1, "a")}));

    EXPECT_EQ(book.opened, 5);
    EXPECT_EQ(book.written.size(), 1u);
    EXPECT_EQ(book.stock.reserved, 1);
}

TEST_F(StockKeepingTest, GivesUpAfterAFewAttempts) {
    book.contended = 1'000;
    EXPECT_THROW(run(keeping.settle({notice(Kind::created, 1, "a")})), Contention);
    EXPECT_EQ(book.opened, StockKeeping::attempts_max);
}

TEST_F(StockKeepingTest, AnEmptyBatchNeedsNoTransaction) {
    EXPECT_TRUE(run(keeping.settle({})).empty());
    EXPECT_EQ(book.opened, 0);
}

} // namespace
} // namespace tandem::product
