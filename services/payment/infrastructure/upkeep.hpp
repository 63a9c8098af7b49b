#pragma once

#include "libs/kernel/task.hpp"
#include "services/payment/core/circuit_breaker.hpp"

namespace tandem::payment {

/// Shows the breaker as tandem_payment_circuit_open (0 closed, 0.5 half-open, 1 open), every second.
Task<> show_breaker(const CircuitBreaker& breaker, const Clock& clock);

/// A number of [0, 1), from a generator seeded by the system.
double draw_random();

} // namespace tandem::payment
