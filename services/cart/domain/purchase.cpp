#include "services/cart/domain/purchase.hpp"

namespace tandem::cart {

Result<Purchase> checked(Purchase purchase) {
    if (purchase.order.value() < 1) {
        return fail_field("order_id", "must be positive");
    }
    if (purchase.buyer.value() < 1) {
        return fail_field("user_id", "must be positive");
    }
    if (purchase.lines.empty() || purchase.lines.size() > Purchase::lines_max) {
        return fail_field("items", "must have 1 to " + std::to_string(Purchase::lines_max) + " lines");
    }
    for (std::size_t index = 0; index < purchase.lines.size(); ++index) {
        const PurchasedLine& line = purchase.lines[index];
        const std::string path = "items/" + std::to_string(index);
        if (line.product.value() < 1) {
            return fail_field(path + "/product_id", "must be positive");
        }
        if (line.quantity < 1 || line.quantity > Purchase::quantity_max) {
            return fail_field(path + "/quantity", "must be 1 to " + std::to_string(Purchase::quantity_max));
        }
    }
    return purchase;
}

} // namespace tandem::cart
