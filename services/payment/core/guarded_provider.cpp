#include "services/payment/core/guarded_provider.hpp"

#include <utility>

namespace tandem::payment {

using Kind = ProviderAnswer::Kind;

bool is_answer(const ProviderAnswer& answer) {
    return answer.kind != Kind::refused && answer.kind != Kind::unknown;
}

Task<ProviderAnswer> GuardedProvider::charge(Purchase purchase) {
    return guard(provider_.charge(std::move(purchase)));
}

Task<ProviderAnswer> GuardedProvider::find_charge(Purchase purchase) {
    return guard(provider_.find_charge(std::move(purchase)));
}

Task<ProviderAnswer> GuardedProvider::refund(Purchase purchase, std::string transaction_id) {
    return guard(provider_.refund(std::move(purchase), std::move(transaction_id)));
}

// The call is a task, which begins only where it is awaited.
Task<ProviderAnswer> GuardedProvider::guard(Task<ProviderAnswer> call) {
    if (!breaker_.admit(clock_.now())) {
        co_return ProviderAnswer{Kind::refused, "the circuit breaker is open"};
    }
    auto answer = co_await std::move(call);
    if (is_answer(answer)) {
        breaker_.succeeded();
    } else {
        breaker_.failed(clock_.now());
    }
    co_return answer;
}

} // namespace tandem::payment
