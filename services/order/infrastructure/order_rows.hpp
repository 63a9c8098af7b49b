#pragma once

#include "libs/postgres/rows.hpp"
#include "services/order/core/orders.hpp"

#include <map>
#include <optional>

namespace tandem::order {

/// One row of `orders` joined with `order_items` for each line: see the SELECT in PostgresOrders.
std::optional<StoredOrder> read_order(const postgres::Rows& rows);
/// The same for many orders.
std::map<OrderId, OrderState> read_orders(const postgres::Rows& rows);
OrderSummary read_summary(const postgres::Row& row);

/// Columns order_id, version, event_type, body, created_at, by order and version.
RecordedEvent read_recorded_event(const postgres::Row& row);
std::map<OrderId, Order> replay(const postgres::Rows& rows);

} // namespace tandem::order
