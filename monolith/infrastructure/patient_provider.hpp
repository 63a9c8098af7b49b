#pragma once

#include "services/payment/core/guarded_provider.hpp"
#include "services/payment/core/retry_policy.hpp"

#include <chrono>

namespace tandem::monolith {

/// The provider as a customer who waits can use it: a charge without an answer is asked for again a
/// few times at once, under the same key, so that the customer is charged once at most; not at all
/// while the circuit breaker is open.
class PatientProvider final : public payment::Provider {
public:
    static constexpr int attempts_max = 3;

    PatientProvider(payment::Provider& provider,
                    payment::CircuitBreaker& breaker,
                    const Clock& clock,
                    payment::RetryPolicy retry)
        : provider_(provider, breaker, clock), retry_(retry) {}

    /// How long after the first call the last one may begin, when a call takes `timeout` at most.
    static std::chrono::milliseconds last_call_after(const payment::RetryPolicy& retry,
                                                     std::chrono::milliseconds timeout);

    Task<payment::ProviderAnswer> charge(payment::Purchase purchase) override;
    Task<payment::ProviderAnswer> find_charge(payment::Purchase purchase) override {
        return provider_.find_charge(std::move(purchase));
    }
    Task<payment::ProviderAnswer> refund(payment::Purchase purchase, std::string transaction_id) override {
        return provider_.refund(std::move(purchase), std::move(transaction_id));
    }

private:
    payment::GuardedProvider provider_;
    payment::RetryPolicy retry_;
};

} // namespace tandem::monolith
