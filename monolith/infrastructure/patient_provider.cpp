#include "monolith/infrastructure/patient_provider.hpp"

#include "libs/async/sleep.hpp"
#include "services/payment/infrastructure/upkeep.hpp"

#include <chrono>

namespace tandem::monolith {
namespace {

using Kind = payment::ProviderAnswer::Kind;

bool is_answer(const payment::ProviderAnswer& answer) {
    return answer.kind != Kind::refused && answer.kind != Kind::unknown;
}

} // namespace

std::chrono::milliseconds PatientProvider::last_call_after(const payment::RetryPolicy& retry,
                                                           std::chrono::milliseconds timeout) {
    std::chrono::microseconds longest{};
    for (int attempt = 1; attempt < attempts_max; ++attempt) {
        longest += timeout + retry.pause(attempt, 1);
    }
    return std::chrono::ceil<std::chrono::milliseconds>(longest);
}

Task<payment::ProviderAnswer> PatientProvider::charge(payment::Purchase purchase) {
    payment::ProviderAnswer answer;
    bool may_be_charged = false;
    for (int attempt = 1; attempt <= attempts_max; ++attempt) {
        answer = co_await try_once(purchase);
        if (is_answer(answer)) {
            co_return answer;
        }
        may_be_charged = may_be_charged || answer.kind == Kind::unknown;
        if (attempt < attempts_max) {
            co_await async::sleep_for(retry_.pause(attempt, payment::draw_random()));
        }
    }
    answer.kind = may_be_charged ? Kind::unknown : Kind::refused;
    co_return answer;
}

Task<payment::ProviderAnswer> PatientProvider::try_once(payment::Purchase purchase) {
    if (!breaker_.admit(clock_.now())) {
        co_return payment::ProviderAnswer{Kind::refused, "the circuit breaker is open"};
    }
    auto answer = co_await provider_.charge(std::move(purchase));
    if (is_answer(answer)) {
        breaker_.succeeded();
    } else {
        breaker_.failed(clock_.now());
    }
    co_return answer;
}

} // namespace tandem::monolith
