#include "monolith/infrastructure/patient_provider.hpp"

#include "libs/async/sleep.hpp"
#include "services/payment/infrastructure/upkeep.hpp"

#include <chrono>

namespace tandem::monolith {

using Kind = payment::ProviderAnswer::Kind;

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
        answer = co_await provider_.charge(purchase);
        if (payment::is_answer(answer)) {
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

} // namespace tandem::monolith
