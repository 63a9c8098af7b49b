#include "services/product/domain/stock_ledger.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tandem::product {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr ProductId laptop{1};
constexpr ProductId mouse{2};
constexpr Money laptop_price = Money::from_cents(129'999);
constexpr Money mouse_price = Money::from_cents(4'999);

class StockLedgerTest : public ::testing::Test {
protected:
    StockLedgerTest() {
        ledger.put_on_shelf(laptop, {"Gaming Laptop", laptop_price, true, Stock::of(3)});
        ledger.put_on_shelf(mouse, {"Wireless Mouse", mouse_price, true, Stock::of(50)});
    }

    static Order order(std::int64_t id, std::vector<OrderLine> lines) {
        Order result;
        result.id = OrderId(id);
        result.lines = std::move(lines);
        return result;
    }
    static OrderLine laptops(std::int64_t quantity) {
        return {laptop, "Gaming Laptop", quantity, laptop_price};
    }
    static OrderLine mice(std::int64_t quantity) { return {mouse, "Wireless Mouse", quantity, mouse_price}; }

    void expect_balanced() const {
        EXPECT_TRUE(ledger.stock(laptop).balanced());
        EXPECT_TRUE(ledger.stock(mouse).balanced());
    }

    StockLedger ledger;
};

TEST_F(StockLedgerTest, HoldsEveryLineOfAnOrder) {
    EXPECT_EQ(ledger.reserve(order(1, {laptops(2), mice(5)})).effect, Effect::reserved);

    EXPECT_EQ(ledger.stock(laptop).available, 1);
    EXPECT_EQ(ledger.stock(laptop).reserved, 2);
    EXPECT_EQ(ledger.stock(mouse).available, 45);
    EXPECT_EQ(ledger.stock(mouse).reserved, 5);
    expect_balanced();
}

TEST_F(StockLedgerTest, HoldsNothingWhenOneLineIsShort) {
    const Decision decision = ledger.reserve(order(1, {mice(5), laptops(4)}));

    EXPECT_EQ(decision.effect, Effect::rejected);
    EXPECT_EQ(decision.rejection->reason, RejectionReason::out_of_stock);
    EXPECT_THAT(decision.rejection->message, HasSubstr("Gaming Laptop"));
    EXPECT_THAT(decision.rejection->message, HasSubstr("3 left"));
    EXPECT_TRUE(ledger.moves().empty());
}

TEST_F(StockLedgerTest, GivesTheLastUnitToWhoCameFirst) {
    EXPECT_EQ(ledger.reserve(order(9, {laptops(2)})).effect, Effect::reserved);
    EXPECT_EQ(ledger.reserve(order(7, {laptops(1)})).effect, Effect::reserved);
    const Decision late = ledger.reserve(order(8, {laptops(1)}));

    EXPECT_EQ(late.effect, Effect::rejected);
    EXPECT_THAT(late.rejection->message, HasSubstr("0 left"));
    EXPECT_EQ(ledger.stock(laptop).reserved, 3);
    expect_balanced();
}

TEST_F(StockLedgerTest, ARejectedOrderLeavesItsUnitsToTheNext) {
    EXPECT_EQ(ledger.reserve(order(1, {laptops(4)})).effect, Effect::rejected);
    EXPECT_EQ(ledger.reserve(order(2, {laptops(3)})).effect, Effect::reserved);
}

TEST_F(StockLedgerTest, AddsUpLinesOfTheSameProduct) {
    EXPECT_EQ(ledger.reserve(order(1, {laptops(2), laptops(2)})).effect, Effect::rejected);
    EXPECT_EQ(ledger.reserve(order(2, {laptops(2), laptops(1)})).effect, Effect::reserved);

    const auto records = ledger.new_reservations();
    ASSERT_EQ(records.size(), 2u);
    EXPECT_THAT(records[1].reservation.lines, ElementsAre(ReservedLine{laptop, 3}));
}

TEST_F(StockLedgerTest, RejectsAPriceThatIsNotTheCatalogs) {
    OrderLine cheap = laptops(1);
    cheap.price = Money::from_cents(100);
    const Decision decision = ledger.reserve(order(1, {mice(1), cheap}));

    EXPECT_EQ(decision.effect, Effect::rejected);
    EXPECT_EQ(decision.rejection->reason, RejectionReason::price_changed);
    EXPECT_THAT(decision.rejection->message, HasSubstr("1299.99"));
    EXPECT_TRUE(ledger.moves().empty());
}

TEST_F(StockLedgerTest, RejectsProductsThatAreUnknownOrDeleted) {
    ledger.put_on_shelf(ProductId(3), {"Old Radio", mouse_price, false, Stock::of(5)});

    for (const std::int64_t product : {3, 99}) {
        const Decision decision =
            ledger.reserve(order(product, {{ProductId(product), "Thing", 1, mouse_price}}));
        EXPECT_EQ(decision.effect, Effect::rejected);
        EXPECT_EQ(decision.rejection->reason, RejectionReason::unknown_product);
        EXPECT_THAT(decision.rejection->message, HasSubstr("Thing"));
    }
}

TEST_F(StockLedgerTest, NamesUnknownProductsBeforePricesAndPricesBeforeStock) {
    OrderLine cheap = mice(1);
    cheap.price = Money();
    const OrderLine ghost{ProductId(99), "Ghost", 1, mouse_price};

    EXPECT_EQ(ledger.reserve(order(1, {laptops(9), cheap, ghost})).rejection->reason,
              RejectionReason::unknown_product);
    EXPECT_EQ(ledger.reserve(order(2, {laptops(9), cheap})).rejection->reason,
              RejectionReason::price_changed);
    EXPECT_EQ(ledger.reserve(order(3, {laptops(9), mice(1)})).rejection->reason,
              RejectionReason::out_of_stock);
}

TEST_F(StockLedgerTest, DecidesOnAnOrderOnce) {
    EXPECT_EQ(ledger.reserve(order(1, {laptops(1)})).effect, Effect::reserved);
    EXPECT_EQ(ledger.reserve(order(1, {laptops(1)})).effect, Effect::nothing);
    EXPECT_EQ(ledger.stock(laptop).reserved, 1);
}

TEST_F(StockLedgerTest, SellsWhatWasHeldOnce) {
    ledger.reserve(order(1, {laptops(2)}));
    EXPECT_EQ(ledger.commit(OrderId(1)).effect, Effect::committed);
    EXPECT_EQ(ledger.commit(OrderId(1)).effect, Effect::nothing);

    EXPECT_EQ(ledger.stock(laptop).sold, 2);
    EXPECT_EQ(ledger.stock(laptop).reserved, 0);
    expect_balanced();
}

TEST_F(StockLedgerTest, ReleasesWhatWasHeldOnce) {
    ledger.reserve(order(1, {laptops(2)}));
    EXPECT_EQ(ledger.release(OrderId(1)).effect, Effect::released);
    EXPECT_EQ(ledger.release(OrderId(1)).effect, Effect::nothing);
    EXPECT_EQ(ledger.cancel(OrderId(1)).effect, Effect::nothing);

    EXPECT_EQ(ledger.stock(laptop).available, 3);
    EXPECT_TRUE(ledger.moves().empty());
}

TEST_F(StockLedgerTest, ReleasedUnitsGoToTheNextOrderOfTheSameBatch) {
    ledger.reserve(order(1, {laptops(3)}));
    ledger.cancel(OrderId(1));
    EXPECT_EQ(ledger.reserve(order(2, {laptops(3)})).effect, Effect::reserved);
}

TEST_F(StockLedgerTest, RestocksWhenAPaidOrderIsCancelled) {
    ledger.reserve(order(1, {laptops(2)}));
    ledger.commit(OrderId(1));
    EXPECT_EQ(ledger.cancel(OrderId(1)).effect, Effect::restocked);
    EXPECT_EQ(ledger.cancel(OrderId(1)).effect, Effect::nothing);

    EXPECT_EQ(ledger.stock(laptop).available, 3);
    EXPECT_EQ(ledger.stock(laptop).sold, 0);
    expect_balanced();
}

TEST_F(StockLedgerTest, AFailureAfterPaymentChangesNothing) {
    ledger.reserve(order(1, {laptops(2)}));
    ledger.commit(OrderId(1));
    EXPECT_EQ(ledger.release(OrderId(1)).effect, Effect::nothing);
    EXPECT_EQ(ledger.stock(laptop).sold, 2);
}

TEST_F(StockLedgerTest, ATombstoneKeepsALateOrderFromHoldingAnything) {
    EXPECT_EQ(ledger.cancel(OrderId(1)).effect, Effect::nothing);
    EXPECT_EQ(ledger.release(OrderId(2)).effect, Effect::nothing);
    EXPECT_EQ(ledger.reserve(order(1, {laptops(1)})).effect, Effect::nothing);
    EXPECT_EQ(ledger.reserve(order(2, {laptops(1)})).effect, Effect::nothing);

    EXPECT_TRUE(ledger.moves().empty());
    const auto records = ledger.new_reservations();
    ASSERT_EQ(records.size(), 2u);
    EXPECT_EQ(records[0].reservation.state, ReservationState::tombstone);
}

TEST_F(StockLedgerTest, RefusesAPaymentOfWhatIsNoLongerHeld) {
    ledger.reserve(order(1, {laptops(1)}));
    ledger.release(OrderId(1));
    ledger.reserve(order(2, {laptops(99)}));
    ledger.cancel(OrderId(3));

    for (const std::int64_t id : {1, 2, 3}) {
        EXPECT_EQ(ledger.commit(OrderId(id)).effect, Effect::refused) << id;
    }
    EXPECT_TRUE(ledger.moves().empty());
}

TEST_F(StockLedgerTest, APaymentBeforeItsOrderIsPrematureAndLeavesNoTrace) {
    EXPECT_EQ(ledger.commit(OrderId(1)).effect, Effect::premature);
    EXPECT_TRUE(ledger.new_reservations().empty());
    EXPECT_EQ(ledger.reserve(order(1, {laptops(1)})).effect, Effect::reserved);
}

TEST_F(StockLedgerTest, RemembersWhatEarlierBatchesDecided) {
    ledger.put_on_shelf(laptop,
                        {"Gaming Laptop", laptop_price, true, {.initial = 3, .available = 1, .reserved = 2}});
    ledger.remember(OrderId(1), {ReservationState::reserved, {{laptop, 2}}});
    ledger.remember(OrderId(2), {ReservationState::tombstone, {}});

    EXPECT_EQ(ledger.reserve(order(2, {laptops(1)})).effect, Effect::nothing);
    EXPECT_EQ(ledger.commit(OrderId(1)).effect, Effect::committed);
    EXPECT_TRUE(ledger.new_reservations().empty());
    const auto changed = ledger.changed_reservations();
    ASSERT_EQ(changed.size(), 1u);
    EXPECT_EQ(changed[0].order, OrderId(1));
    EXPECT_EQ(changed[0].reservation.state, ReservationState::committed);
}

TEST_F(StockLedgerTest, TellsTheMovesByAscendingProduct) {
    ledger.reserve(order(1, {mice(5), laptops(1)}));
    ledger.commit(OrderId(1));
    ledger.reserve(order(2, {mice(2)}));

    const auto moves = ledger.moves();
    ASSERT_EQ(moves.size(), 2u);
    EXPECT_EQ(moves[0].product, laptop);
    EXPECT_EQ(moves[1].product, mouse);
    EXPECT_EQ(moves[1].available, -7);
    EXPECT_EQ(moves[1].reserved, 2);
    EXPECT_EQ(moves[1].sold, 5);
}

TEST_F(StockLedgerTest, AnOrderThatCameAndWentInOneBatchIsNewAndNotChanged) {
    ledger.reserve(order(1, {laptops(1)}));
    ledger.release(OrderId(1));

    EXPECT_TRUE(ledger.changed_reservations().empty());
    const auto records = ledger.new_reservations();
    ASSERT_EQ(records.size(), 1u);
    EXPECT_EQ(records[0].reservation.state, ReservationState::released);
}

TEST(ReservationStateTest, IsReadAsItIsWritten) {
    using enum ReservationState;
    for (const ReservationState state : {reserved, rejected, committed, released, tombstone}) {
        EXPECT_EQ(parse_reservation_state(to_string(state)), state);
    }
    EXPECT_EQ(parse_reservation_state("lost"), std::nullopt);
}

} // namespace
} // namespace tandem::product
