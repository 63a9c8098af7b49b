#include "services/payment/core/retry_policy.hpp"

#include <algorithm>
#include <cmath>

namespace tandem::payment {

std::chrono::microseconds RetryPolicy::pause(std::int64_t attempt, double random) const {
    const double doublings = static_cast<double>(std::clamp<std::int64_t>(attempt - 1, 0, 40));
    const double widest_ms = std::min(static_cast<double>(longest.count()),
                                      static_cast<double>(first.count()) * std::exp2(doublings));
    return std::chrono::microseconds(static_cast<std::int64_t>(widest_ms * 1000 * random));
}

} // namespace tandem::payment
