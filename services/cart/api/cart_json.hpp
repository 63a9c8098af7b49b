#pragma once

#include "services/cart/domain/purchase.hpp"

#include <string>
#include <string_view>

namespace tandem::cart {

struct AddedItem {
    ProductId product;
    std::int64_t quantity;
};

/// {product_id, quantity = 1}
Result<AddedItem> read_added_item(std::string_view body);
/// {quantity}
Result<std::int64_t> read_quantity(std::string_view body);
/// {order_id, items: [{product_id, quantity}]}
Result<Purchase> read_purchase(UserId buyer, std::string_view body);

std::string write_cart(const Cart& cart);

} // namespace tandem::cart
