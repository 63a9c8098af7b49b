#include "libs/testing/run.hpp"
#include "services/cart/core/shopping.hpp"

#include <gtest/gtest.h>

namespace tandem::cart {
namespace {

using testing::run;
using Outcome = CartRepository::Addition::Outcome;

const UserId ann{7};
const ProductId mouse{1};
const Deadline soon = Deadline::max();

ProductNews news_of(ProductId product) {
    return {{product, "Mouse", std::nullopt, Money::from_cents(4'999)}, false, Timestamp()};
}

class CatalogOfOne final : public Catalog {
public:
    Task<std::optional<ProductNews>> find(ProductId product, Context, Deadline) override {
        ++questions;
        co_return product == mouse ? std::optional(news_of(mouse)) : std::nullopt;
    }

    int questions = 0;
};

/// One line at most, which is all that the use cases look at.
class CartInMemory final : public CartRepository {
public:
    Task<Cart> find(UserId owner, Deadline) override { co_return cart_of(owner); }

    Task<Addition> add(UserId owner, ProductId product, int quantity, Deadline) override {
        if (!known || known->id != product) {
            co_return Addition{Outcome::unknown_product, cart_of(owner)};
        }
        if (pieces + quantity > Cart::quantity_max) {
            co_return Addition{Outcome::refused, cart_of(owner)};
        }
        pieces += quantity;
        co_return Addition{Outcome::added, cart_of(owner)};
    }

    Task<std::optional<Cart>> set_quantity(UserId owner, ItemId item, int quantity, Deadline) override {
        if (pieces == 0 || item != ItemId(1)) {
            co_return std::nullopt;
        }
        pieces = quantity;
        co_return cart_of(owner);
    }

    Task<Cart> clear(UserId owner, Deadline) override {
        pieces = 0;
        co_return cart_of(owner);
    }

    Task<> take_out(Purchase purchase, Deadline) override {
        purchases.push_back(std::move(purchase));
        co_return;
    }

    Task<> learn(ProductNews news, Deadline) override {
        known = std::move(news.product);
        co_return;
    }

    std::optional<Product> known;
    int pieces = 0;
    std::vector<Purchase> purchases;

private:
    Cart cart_of(UserId owner) const {
        std::vector<CartItem> items;
        if (pieces > 0) {
            items.push_back({ItemId(1), *known, known->price, pieces});
        }
        return {owner, items};
    }
};

class ShoppingTest : public ::testing::Test {
protected:
    Result<Cart> add(ProductId product, std::int64_t pieces) {
        std::optional<Result<Cart>> result;
        run(keep(shopping.add(ann, product, pieces, Context(), soon), result));
        return *std::move(result);
    }

    static Task<int> keep(Task<Result<Cart>> task, std::optional<Result<Cart>>& result) {
        auto value = co_await std::move(task);
        result.emplace(std::move(value));
        co_return 0;
    }

    CartInMemory carts;
    CatalogOfOne catalog;
    Shopping shopping{carts, catalog};
};

TEST_F(ShoppingTest, AsksTheCatalogOnceForAProductNobodyToldOf) {
    ASSERT_TRUE(add(mouse, 2));
    const auto cart = add(mouse, 1);
    ASSERT_TRUE(cart);
    EXPECT_EQ(cart->items().front().quantity, 3);
    EXPECT_EQ(catalog.questions, 1);
}

TEST_F(ShoppingTest, AProductThatTheCatalogDoesNotKnowIsNotFound) {
    const auto cart = add(ProductId(99), 1);
    ASSERT_FALSE(cart);
    EXPECT_EQ(cart.error().kind(), ErrorKind::not_found);
}

TEST_F(ShoppingTest, AsksNobodyAboutAQuantityOutOfRange) {
    EXPECT_EQ(add(mouse, 0).error().kind(), ErrorKind::invalid);
    EXPECT_EQ(add(mouse, 1'000).error().kind(), ErrorKind::invalid);
    EXPECT_EQ(catalog.questions, 0);
}

TEST_F(ShoppingTest, RefusesPiecesThatAddUpToTooMany) {
    ASSERT_TRUE(add(mouse, 999));
    const auto cart = add(mouse, 1);
    ASSERT_FALSE(cart);
    EXPECT_EQ(cart.error().kind(), ErrorKind::invalid);
    EXPECT_EQ(carts.pieces, 999);
}

TEST_F(ShoppingTest, ChecksAPurchaseBeforeItTouchesACart) {
    EXPECT_FALSE(run(shopping.take_out({OrderId(1), ann, {}}, soon)));
    EXPECT_TRUE(carts.purchases.empty());
    EXPECT_TRUE(run(shopping.take_out({OrderId(1), ann, {{mouse, 1}}}, soon)));
    EXPECT_EQ(carts.purchases.size(), 1U);
}

} // namespace
} // namespace tandem::cart
