#pragma once

#include "services/cart/core/ports.hpp"

namespace tandem::cart {

/// What a customer does with the cart.
class Shopping {
public:
    Shopping(CartRepository& carts, Catalog& catalog) : carts_(carts), catalog_(catalog) {}

    Task<Cart> look(UserId owner, Deadline deadline);
    /// not_found for an unknown product, invalid beyond the limits of a cart. Asks the catalog only
    /// for products that the shop's events have not told of yet.
    Task<Result<Cart>>
    add(UserId owner, ProductId product, std::int64_t pieces, Context context, Deadline deadline);
    /// 0 takes the item out; not_found when it is not in this cart.
    Task<Result<Cart>> set_quantity(UserId owner, ItemId item, std::int64_t pieces, Deadline deadline);
    Task<Result<Cart>> remove(UserId owner, ItemId item, Deadline deadline);
    Task<Cart> clear(UserId owner, Deadline deadline);
    Task<Result<void>> take_out(Purchase purchase, Deadline deadline);

private:
    CartRepository& carts_;
    Catalog& catalog_;
};

} // namespace tandem::cart
