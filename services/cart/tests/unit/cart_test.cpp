#include "services/cart/domain/purchase.hpp"

#include <gtest/gtest.h>

namespace tandem::cart {
namespace {

CartItem item(std::int64_t product, std::int64_t price_cents, int quantity) {
    return {ItemId(product),
            {ProductId(product), "Thing", std::nullopt, Money::from_cents(price_cents)},
            Money::from_cents(price_cents),
            quantity};
}

TEST(CartTest, SumsAtCurrentPricesAndNotAtTheRememberedOnes) {
    CartItem dearer = item(1, 1'010, 3);
    dearer.price_snapshot = Money::from_cents(999);
    const Cart cart(UserId(7), {dearer, item(2, 99, 3)});
    EXPECT_EQ(cart.items()[0].subtotal().to_string(), "30.30");
    EXPECT_EQ(cart.total().to_string(), "33.27");
}

TEST(CartTest, AnEmptyCartCostsNothing) {
    EXPECT_EQ(Cart(UserId(7), {}).total().to_string(), "0.00");
}

TEST(CartTest, TheDearestFullCartIsStillSummedExactly) {
    std::vector<CartItem> items;
    for (std::size_t line = 0; line < Cart::lines_max; ++line) {
        items.push_back(item(static_cast<std::int64_t>(line) + 1, Money::cents_max, Cart::quantity_max));
    }
    EXPECT_EQ(Cart(UserId(7), items).total().cents(), Money::cents_max * 99'900);
}

TEST(CartTest, TakesOneToTheMostPiecesAtATime) {
    EXPECT_EQ(added_quantity(1), 1);
    EXPECT_EQ(added_quantity(999), 999);
    for (const std::int64_t pieces : {std::int64_t{-1}, std::int64_t{0}, std::int64_t{1'000}, INT64_MAX}) {
        ASSERT_FALSE(added_quantity(pieces)) << pieces;
        EXPECT_EQ(added_quantity(pieces).error().kind(), ErrorKind::invalid);
        EXPECT_EQ(added_quantity(pieces).error().fields().front().field, "quantity");
    }
}

TEST(CartTest, KeepsNoneToTheMostPieces) {
    EXPECT_EQ(kept_quantity(0), 0);
    EXPECT_EQ(kept_quantity(999), 999);
    EXPECT_FALSE(kept_quantity(-1));
    EXPECT_FALSE(kept_quantity(1'000));
}

TEST(CartTest, SaysWhichLimitARefusalIsAbout) {
    const Cart cart(UserId(7), {item(1, 100, 999)});
    EXPECT_EQ(refusal(cart, ProductId(1)).fields().front().field, "quantity");
    EXPECT_EQ(refusal(cart, ProductId(2)).fields().front().field, "product_id");
}

TEST(PurchaseTest, NamesTheFieldThatIsOutOfRange) {
    const auto field = [](Purchase purchase) {
        return checked(std::move(purchase)).error().fields().front().field;
    };
    const std::vector<PurchasedLine> good{{ProductId(1), 1}};
    EXPECT_TRUE(checked({OrderId(1), UserId(1), good}));
    EXPECT_EQ(field({OrderId(0), UserId(1), good}), "order_id");
    EXPECT_EQ(field({OrderId(1), UserId(-1), good}), "user_id");
    EXPECT_EQ(field({OrderId(1), UserId(1), {}}), "items");
    EXPECT_EQ(field({OrderId(1), UserId(1), {{ProductId(1), 1}, {ProductId(0), 1}}}), "items/1/product_id");
    EXPECT_EQ(field({OrderId(1), UserId(1), {{ProductId(1), 0}}}), "items/0/quantity");
}

} // namespace
} // namespace tandem::cart
