#pragma once

#include "libs/async/task_group.hpp"
#include "libs/postgres/pool.hpp"
#include "services/order/api/order_watch.hpp"
#include "services/order/core/saga.hpp"

#include <chrono>

namespace tandem::order {

/// What the background work works on.
struct Background {
    Saga& saga;
    Orders& orders;
    OrderWatch& watch;
    postgres::Pool& pool;
};

/// Starts the work that nobody asks for, to run until it is cancelled; a failure is logged and the
/// work tried again at its next turn. Every `expiry_interval`, orders that have been open for too
/// long fail. Twice a second, this process's streams are told what other instances did. Once an
/// hour, messages too old to come again are forgotten, and abandoned keys.
void start_background(async::TaskGroup& tasks, Background parts, std::chrono::milliseconds expiry_interval);

} // namespace tandem::order
