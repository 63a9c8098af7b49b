#include "services/payment/core/circuit_breaker.hpp"

namespace tandem::payment {

bool CircuitBreaker::would_admit(Timestamp now) const {
    return !open_ || now >= no_call_before_;
}

bool CircuitBreaker::admit(Timestamp now) {
    if (!would_admit(now)) {
        return false;
    }
    if (open_) {
        no_call_before_ = now + options_.cool_down; // for everyone but this probe
    }
    return true;
}

void CircuitBreaker::succeeded() {
    failures_ = 0;
    open_ = false;
}

void CircuitBreaker::failed(Timestamp now) {
    ++failures_;
    if (failures_ >= options_.failures_max) {
        open_ = true;
        no_call_before_ = now + options_.cool_down;
    }
}

CircuitBreaker::State CircuitBreaker::state(Timestamp now) const {
    if (!open_) {
        return State::closed;
    }
    return now >= no_call_before_ ? State::half_open : State::open;
}

} // namespace tandem::payment
