#pragma once

#include <chrono>
#include <cstdint>

namespace tandem::payment {

/// Exponential backoff with full jitter (AWS Architecture Blog, "Exponential Backoff And Jitter"):
/// after the n-th attempt a pause drawn from [0, min(longest, first * 2^(n-1))].
struct RetryPolicy {
    std::chrono::milliseconds first{200};
    std::chrono::milliseconds longest{15'000};

    /// `attempt` counts from 1; `random` is of [0, 1).
    std::chrono::microseconds pause(std::int64_t attempt, double random) const;
};

} // namespace tandem::payment
