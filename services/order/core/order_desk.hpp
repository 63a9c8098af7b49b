#pragma once

#include "libs/kernel/result.hpp"
#include "services/order/core/caller.hpp"
#include "services/order/core/orders.hpp"

#include <vector>

namespace tandem::order {

/// What people may see of orders and do to them. not_found for an order that does not exist and for
/// one that is somebody else's.
class OrderDesk {
public:
    explicit OrderDesk(Orders& orders) : orders_(orders) {}

    Task<Result<StoredOrder>> find(OrderId order, Caller caller);
    Task<Result<std::vector<RecordedEvent>>> history(OrderId order, Caller caller);
    /// forbidden when `user` is somebody else.
    Task<Result<std::vector<OrderSummary>>>
    list(UserId user, std::int64_t skip, std::int64_t limit, Caller caller);

    /// forbidden unless the caller acts for all.
    Task<Result<std::vector<OrderSummary>>> list_all(OrderFilter filter, Caller caller);

    /// conflict once the order is shipped, or has failed. Cancelling twice changes nothing.
    Task<Result<StoredOrder>> cancel(OrderId order, Caller caller);
    /// forbidden unless the caller acts for all; conflict unless the rules allow the move by hand:
    /// to shipped, delivered or cancelled.
    Task<Result<StoredOrder>> move(OrderId order, OrderStatus to, Caller caller);

private:
    using Wish = std::function<Result<Decision>(const Order& order)>;
    Task<Result<StoredOrder>> change(OrderId order, Wish wish, Caller caller);

    Orders& orders_;
};

} // namespace tandem::order
