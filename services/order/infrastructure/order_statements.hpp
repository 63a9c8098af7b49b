#pragma once

#include "libs/postgres/pool.hpp"
#include "services/order/core/held_orders.hpp"

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

/// What each order is after the last of its changes.
std::vector<OrderState> last_states(const std::vector<Change>& changes);

} // namespace tandem::order
