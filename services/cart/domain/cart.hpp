#pragma once

#include "libs/kernel/id.hpp"
#include "libs/kernel/money.hpp"
#include "libs/kernel/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tandem::cart {

using UserId = Id<struct UserTag>;
using ProductId = Id<struct ProductTag>;
using ItemId = Id<struct ItemTag>;
using OrderId = Id<struct OrderTag>;

/// What a cart shows of a product.
struct Product {
    ProductId id;
    std::string name;
    std::optional<std::string> image_url;
    Money price; ///< as last heard from the catalog
};

/// So many pieces of one product.
struct CartItem {
    ItemId id;
    Product product;
    Money price_snapshot; ///< what it cost when the customer last put pieces in or changed their number
    int quantity = 0;

    Money subtotal() const { return product.price * quantity; }
};

/// What a customer wants to buy. Every customer has exactly one cart, empty until something is put
/// in: at most `lines_max` products, each once, of each 1 to `quantity_max` pieces.
class Cart {
public:
    static constexpr std::size_t lines_max = 100;
    static constexpr int quantity_max = 999;

    Cart(UserId owner, std::vector<CartItem> items) : owner_(owner), items_(std::move(items)) {}

    UserId owner() const { return owner_; }
    const std::vector<CartItem>& items() const { return items_; }
    bool holds(ProductId product) const;
    Money total() const;

private:
    UserId owner_;
    std::vector<CartItem> items_;
};

/// A number of pieces to put in: 1 to quantity_max.
Result<int> added_quantity(std::int64_t pieces);
/// A number of pieces to keep: 0 (take it out) to quantity_max.
Result<int> kept_quantity(std::int64_t pieces);

/// Why `cart` took no more of a known product: the pieces would add up to too many, or it holds
/// lines_max other products.
Error refusal(const Cart& cart, ProductId product);

} // namespace tandem::cart
