#pragma once

#include "libs/kernel/result.hpp"
#include "services/order/core/checkout.hpp"

#include <string>
#include <string_view>

namespace tandem::order {

struct ReadCheckout {
    CheckoutRequest request;
    std::string canonical; ///< the same text for the same request, however it was spelled
};

/// Reads a checkout's body; an empty one buys the cart. forbidden when it names another user than
/// the caller; invalid for an unknown payment method, or an address that is neither a string of at
/// most 1000 characters nor an object of at most 4 KiB.
Result<ReadCheckout> read_checkout(std::string_view body, const Caller& caller);

/// The Idempotency-Key header: 1 to 255 visible ASCII characters, else invalid.
Result<std::string> read_idempotency_key(std::string_view value);

} // namespace tandem::order
