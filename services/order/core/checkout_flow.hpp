#pragma once

#include "libs/kernel/result.hpp"
#include "services/order/core/carts.hpp"
#include "services/order/core/orders.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tandem::order {

struct CheckoutRequest {
    /// Without items the cart is bought.
    std::optional<std::vector<RequestedLine>> items;
    PaymentMethod payment_method = PaymentMethod::credit_card;
    std::optional<std::string> shipping_address; ///< JSON text
};

/// A checkout that was found to make sense; it has changed nothing yet. Used once.
class PreparedCheckout {
public:
    virtual ~PreparedCheckout() = default;
    /// Does what may not be repeated. An error: nothing was stored. Nothing: the caller has an order
    /// under `idempotency_key` already. DeadlineExceeded: nothing was stored; any other exception: it
    /// may have been.
    virtual Task<Result<std::optional<StoredOrder>>> store(std::string idempotency_key, Caller caller) = 0;
};

/// How a purchase is made: the one rule in which a shop of services differs from a shop in one process.
class CheckoutFlow {
public:
    virtual ~CheckoutFlow() = default;
    /// What may be refused, and may be repeated. Whatever it throws, nothing was stored.
    virtual Task<Result<std::unique_ptr<PreparedCheckout>>> prepare(CheckoutRequest request,
                                                                    Caller caller) = 0;
};

} // namespace tandem::order
