#pragma once

#include "libs/postgres/pool.hpp"
#include "services/order/core/held_orders.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace tandem::order {

/// The events of `changes`, in their order.
postgres::Statement insert_events(const std::vector<Change>& changes, Timestamp now);
/// What the customers are told of them; no rows for those that concern nobody.
postgres::Statement insert_notices(const std::vector<Change>& changes, Timestamp now);

/// The projection. `insert_*` for orders that are not there, `update_orders` for those that are.
postgres::Statement insert_orders(const std::vector<OrderState>& orders);
postgres::Statement insert_items(const std::vector<OrderState>& orders);
postgres::Statement update_orders(const std::vector<OrderState>& orders);

/// What an answer is repeated by: how long its checkout took, and under which key it was asked for. A
/// key that stands for an order already breaks the constraint one_order_per_key.
postgres::Statement insert_duration(OrderId order, std::chrono::milliseconds took);
postgres::Statement insert_key(UserId user, const std::string& key, OrderId order);

/// What each order is after the last of its changes.
std::vector<OrderState> last_states(const std::vector<Change>& changes);

} // namespace tandem::order
