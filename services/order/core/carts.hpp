#pragma once

#include "libs/kernel/task.hpp"
#include "services/order/core/caller.hpp"

#include <optional>
#include <vector>

namespace tandem::order {

/// So many of a product, at the price that the customer has seen, if one is known.
struct RequestedLine {
    ProductId product;
    std::int64_t quantity = 0;
    std::optional<Money> price;
};

/// The customers' carts.
class Carts {
public:
    virtual ~Carts() = default;

    /// What lies in the caller's cart, perhaps nothing. Throws Unavailable.
    virtual Task<std::vector<RequestedLine>> contents(Caller caller) = 0;

    /// Takes out what was bought. Only a courtesy, so that the customer sees it at once: gives up
    /// soon and never throws, since the event order.created does the same again.
    virtual Task<> remove_bought(OrderId order, std::vector<OrderLine> lines, Caller caller) = 0;
};

} // namespace tandem::order
