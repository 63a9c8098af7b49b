#include "libs/testing/run.hpp"
#include "services/order/core/checkout.hpp"
#include "services/order/tests/unit/fakes.hpp"

#include <gtest/gtest.h>

namespace tandem::order {
namespace {

using fakes::customer;
using testing::run;

RequestedLine line(std::int64_t product, std::int64_t quantity, std::optional<Money> price = std::nullopt) {
    return {ProductId(product), quantity, price};
}

class CheckoutTest : public ::testing::Test {
protected:
    Result<Placed> prepare(std::optional<std::vector<RequestedLine>> items) {
        CheckoutRequest request;
        request.items = std::move(items);
        return run(checkout.prepare(std::move(request), customer()));
    }
    Error refusal(std::vector<RequestedLine> items) {
        const auto placed = prepare(std::move(items));
        return placed ? Error(ErrorKind::unavailable, "accepted") : placed.error();
    }

    fakes::OrdersInMemory orders;
    fakes::CartsInMemory carts;
    fakes::FixedPrices prices;
    Checkout checkout{orders, carts, prices};
};

TEST_F(CheckoutTest, BuysTheCartAtTheCatalogsPricesAndEmptiesIt) {
    carts.lines = {line(1, 1, Money::from_cents(129'999)), line(2, 3)};

    auto placed = prepare(std::nullopt);
    ASSERT_TRUE(placed.has_value()) << placed.error().message();
    const auto order = run(checkout.store(*std::move(placed), "", customer()));

    ASSERT_TRUE(order.has_value());
    EXPECT_EQ(order->state.total, Money::from_cents(129'999 + 3 * 4'999));
    EXPECT_EQ(order->state.status, OrderStatus::pending);
    EXPECT_EQ(order->state.lines[1].product_name, "Wireless Mouse");
    EXPECT_EQ(carts.emptied_for, std::vector{order->state.id});
    EXPECT_EQ(orders.orders.at(order->state.id).duration_ms, order->processing_duration_ms);
    EXPECT_GE(order->processing_duration_ms, 1);
}

TEST_F(CheckoutTest, BuysJustTheItemsThatWereSentAndTakesThemOutOfTheCartToo) {
    carts.lines = {line(1, 1)};
    auto placed = prepare(std::vector{line(2, 1)});
    ASSERT_TRUE(placed.has_value());
    const auto order = run(checkout.store(*std::move(placed), "", customer()));

    EXPECT_EQ(order->state.lines, std::vector{samples::mouse(1)});
    EXPECT_EQ(carts.emptied_for, std::vector{order->state.id});
}

TEST_F(CheckoutTest, RefusesAnEmptyCartAndAnEmptyListOfItems) {
    const auto cart = prepare(std::nullopt);
    ASSERT_FALSE(cart.has_value());
    EXPECT_EQ(cart.error().kind(), ErrorKind::bad_request);
    EXPECT_EQ(refusal({}).kind(), ErrorKind::invalid);
}

TEST_F(CheckoutTest, PutsLinesOfOneProductTogether) {
    const auto placed = prepare(std::vector{line(2, 1), line(1, 1), line(2, 4)});

    ASSERT_TRUE(placed.has_value());
    ASSERT_EQ(placed->lines.size(), 2u);
    EXPECT_EQ(placed->lines[0], samples::mouse(5));
}

TEST_F(CheckoutTest, RefusesQuantitiesOutsideTheLimitsSummedOnesToo) {
    for (const std::int64_t quantity : {-1L, 0L, 1'000L, 4'294'967'297L}) {
        const Error error = refusal({line(1, 1), line(2, quantity)});
        EXPECT_EQ(error.kind(), ErrorKind::invalid) << quantity;
        EXPECT_EQ(error.fields().at(0).field, "items/1/quantity") << quantity;
    }
    EXPECT_EQ(refusal({line(2, 999), line(2, 1)}).fields().at(0).field, "items/1/quantity");
}

TEST_F(CheckoutTest, RefusesMoreThanAHundredLines) {
    EXPECT_EQ(refusal(std::vector(101, line(2, 1))).fields().at(0).field, "items");
}

TEST_F(CheckoutTest, NamesTheLineWhoseProductIsUnknown) {
    for (const std::int64_t product : {77, 0, -2}) {
        const Error error = refusal({line(2, 1), line(product, 1)});
        EXPECT_EQ(error.kind(), ErrorKind::invalid) << product;
        EXPECT_EQ(error.fields().at(0).field, "items/1/product_id") << product;
    }
}

TEST_F(CheckoutTest, RefusesAPriceThatIsNotTheCatalogsAnyMore) {
    for (const std::int64_t cents : {4'998, 0, -4'999}) {
        const Error error = refusal({line(2, 1, Money::from_cents(cents))});
        EXPECT_EQ(error.kind(), ErrorKind::conflict);
        EXPECT_EQ(error.fields().at(0).field, "items/0/price");
        EXPECT_EQ(error.fields().at(0).message, "price_changed: it is 49.99 now.");
    }
    EXPECT_TRUE(prepare(std::vector{line(2, 1, Money::from_cents(4'999))}).has_value());
}

TEST_F(CheckoutTest, StoresNothingTwiceUnderOneKey) {
    auto first = prepare(std::vector{line(2, 1)});
    const Placed placed = *first;
    EXPECT_TRUE(run(checkout.store(placed, "key", customer())).has_value());
    EXPECT_FALSE(run(checkout.store(placed, "key", customer())).has_value());
    EXPECT_EQ(orders.orders.size(), 1u);
    EXPECT_EQ(carts.emptied_for.size(), 1u);
}

} // namespace
} // namespace tandem::order
