#include "services/payment/infrastructure/upkeep.hpp"

#include "libs/async/keep_going.hpp"
#include "libs/telemetry/metrics.hpp"

#include <random>

namespace tandem::payment {
namespace {

double position(CircuitBreaker::State state) {
    switch (state) {
    case CircuitBreaker::State::closed:
        return 0;
    case CircuitBreaker::State::half_open:
        return 0.5;
    case CircuitBreaker::State::open:
        return 1;
    }
    std::unreachable();
}

Task<> show(telemetry::Gauge gauge, const CircuitBreaker& breaker, const Clock& clock) {
    gauge.set(position(breaker.state(clock.now())));
    co_return;
}

} // namespace

Task<> show_breaker(const CircuitBreaker& breaker, const Clock& clock) {
    const auto gauge = telemetry::gauge("tandem_payment_circuit_open",
                                        "Circuit breaker to the provider: 0 closed, 0.5 half-open, 1 open.");
    return async::repeat("breaker", std::chrono::seconds(1), [gauge, &breaker, &clock] {
        return show(gauge, breaker, clock);
    });
}

double draw_random() {
    static std::mt19937_64 generator(std::random_device{}());
    return std::uniform_real_distribution<double>(0, 1)(generator);
}

} // namespace tandem::payment
