#pragma once

#include "libs/postgres/pool.hpp"
#include "services/payment/core/circuit_breaker.hpp"

namespace tandem::payment {

/// Forgets, once an hour, the ids of events too old to come again. Runs until it is cancelled.
Task<> keep_inbox_small(postgres::Pool& pool);

/// Shows the breaker as tandem_payment_circuit_open (0 closed, 0.5 half-open, 1 open), every second.
Task<> show_breaker(const CircuitBreaker& breaker, const Clock& clock);

/// A number of [0, 1), from a generator seeded by the system.
double draw_random();

} // namespace tandem::payment
