#pragma once

#include "libs/kernel/result.hpp"
#include "services/order/core/checkout_flow.hpp"
#include "services/order/core/price_list.hpp"

#include <optional>
#include <string>

namespace tandem::order {

/// Turns a cart, or the items of a request, into a pending order in two steps: what may be refused,
/// and what may not be repeated.
class Checkout {
public:
    Checkout(Orders& orders, Carts& carts, PriceList& prices)
        : orders_(orders), carts_(carts), prices_(prices) {}

    /// Finds the lines and their prices; the order's id is still to be drawn. Lines of the same
    /// product become one.
    /// bad_request: the cart is empty. invalid: limits, or a product that the catalog does not know.
    /// conflict: a price that the customer saw is not the price any more.
    Task<Result<Placed>> prepare(CheckoutRequest request, Caller caller);

    /// Stores the order, then takes what was bought out of the cart, wherever the items came from:
    /// who looks there after the answer should not find them again. Nothing when the caller has an
    /// order under `idempotency_key` already. DeadlineExceeded: nothing was stored.
    Task<std::optional<StoredOrder>> store(Placed placed, std::string idempotency_key, Caller caller);

private:
    Orders& orders_;
    Carts& carts_;
    PriceList& prices_;
};

} // namespace tandem::order
