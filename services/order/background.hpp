#pragma once

#include "libs/postgres/pool.hpp"
#include "services/order/api/order_watch.hpp"
#include "services/order/core/saga.hpp"

#include <chrono>

namespace tandem::order {

/// Work that nobody asks for. Each runs until it is cancelled; a failure is logged and the work
/// tried again at its next turn.

/// Fails the orders that have been open for too long.
Task<> keep_expiring(Saga& saga, std::chrono::milliseconds interval);

/// Tells this process's streams what other instances did to their orders.
Task<> keep_watching(Orders& orders, OrderWatch& watch, std::chrono::milliseconds interval);

/// Forgets messages too old to come again, and keys whose holder died long ago with nothing stored.
Task<> keep_tidy(postgres::Pool& pool, std::chrono::milliseconds interval);

} // namespace tandem::order
