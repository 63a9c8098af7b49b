#pragma once

#include "libs/kernel/time.hpp"
#include "services/payment/core/circuit_breaker.hpp"
#include "services/payment/core/provider.hpp"

namespace tandem::payment {

/// True when the provider has said what it did, and false when nobody can know or it took no call.
bool is_answer(const ProviderAnswer& answer);

/// The provider behind its circuit breaker: while that is open a call is `refused` without being made;
/// what comes of the others is reported to it. Refers to all three.
class GuardedProvider final : public Provider {
public:
    GuardedProvider(Provider& provider, CircuitBreaker& breaker, const Clock& clock)
        : provider_(provider), breaker_(breaker), clock_(clock) {}

    Task<ProviderAnswer> charge(Purchase purchase) override;
    Task<ProviderAnswer> find_charge(Purchase purchase) override;
    Task<ProviderAnswer> refund(Purchase purchase, std::string transaction_id) override;

private:
    Task<ProviderAnswer> guard(Task<ProviderAnswer> call);

    Provider& provider_;
    CircuitBreaker& breaker_;
    const Clock& clock_;
};

} // namespace tandem::payment
