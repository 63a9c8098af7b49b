#pragma once

#include "services/payment/core/guarded_provider.hpp"
#include "services/payment/core/payments.hpp"
#include "services/payment/core/retry_policy.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <vector>

namespace tandem::payment {

struct ChargingRules {
    /// A turn in hand belongs to one worker for so long: more than a call and storing its result.
    std::chrono::milliseconds lease{8'000};
    /// How long a charge call may still take effect at the provider after it began.
    std::chrono::milliseconds settle{30'000};
    /// An order that could not be charged for so long fails.
    std::chrono::milliseconds give_up{600'000};
    RetryPolicy retry;
};

/// Brings payments to their end, one turn at a time. Any number of instances may run, and each may
/// be killed at any moment: an unfinished turn is taken again when its lease is over.
class Charging {
public:
    /// `random` draws from [0, 1).
    Charging(Payments& payments,
             Provider& provider,
             CircuitBreaker& breaker,
             const Clock& clock,
             ChargingRules rules,
             std::function<double()> random);

    /// Payments whose turn begins now, at most `limit`. While the breaker is open only those that
    /// nobody wants to charge any more; while it is half-open one.
    Task<std::vector<Payment>> claim(std::size_t limit);
    /// Does what the payment's turn asks, and stores what came of it. Gives the status that the payment
    /// has then: the one it had, when another turn is needed.
    Task<Status> take_turn(Payment payment);
    /// Does the breaker keep calls from the provider now?
    bool is_held_up() const { return !breaker_.would_admit(clock_.now()); }

private:
    using Change = std::function<void(Payment&)>;

    Task<Change> act(Payment payment);
    Task<Change> charge(Payment payment);
    Task<Change> ask(Payment payment);
    Task<Change> refund(Payment payment);
    Change change_for(const Payment& payment, const ProviderAnswer& answer);
    Timestamp next_try(const Payment& payment);

    Payments& payments_;
    GuardedProvider provider_;
    CircuitBreaker& breaker_;
    const Clock& clock_;
    ChargingRules rules_;
    std::function<double()> random_;
};

} // namespace tandem::payment
