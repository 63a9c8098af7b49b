#include "services/cart/domain/cart.hpp"

#include <algorithm>

namespace tandem::cart {
namespace {

Result<int> quantity_between(std::int64_t pieces, int least) {
    if (pieces < least || pieces > Cart::quantity_max) {
        return fail_field("quantity",
                          "must be " + std::to_string(least) + " to " + std::to_string(Cart::quantity_max));
    }
    return static_cast<int>(pieces);
}

} // namespace

bool Cart::holds(ProductId product) const {
    return std::ranges::any_of(items_, [&](const CartItem& item) { return item.product.id == product; });
}

Money Cart::total() const {
    Money total;
    for (const CartItem& item : items_) {
        total += item.subtotal();
    }
    return total;
}

Result<int> added_quantity(std::int64_t pieces) {
    return quantity_between(pieces, 1);
}

Result<int> kept_quantity(std::int64_t pieces) {
    return quantity_between(pieces, 0);
}

Error refusal(const Cart& cart, ProductId product) {
    if (cart.holds(product)) {
        return fail_field("quantity",
                          "must be at most " + std::to_string(Cart::quantity_max) +
                              " together with what is in the cart")
            .error();
    }
    return fail_field("product_id",
                      "finds no room: the cart holds " + std::to_string(Cart::lines_max) + " products")
        .error();
}

} // namespace tandem::cart
