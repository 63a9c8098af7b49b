#pragma once

#include "gateway/rate_limiter.hpp"
#include "libs/telemetry/metrics.hpp"

#include <chrono>
#include <functional>

namespace tandem::gateway {

/// Counts with the other gateways; while that is not possible, in this process alone: a limit that
/// is too generous is better than none, and than a shop that is closed. Once `shared` has failed it
/// is left alone for a pause, and then one request tries it, so that a Redis which hangs costs one
/// request a second its patience, not every one. Metric: tandem_gateway_rate_limit_fallbacks_total.
class FallbackRateLimiter final : public RateLimiter {
public:
    using Clock = std::chrono::steady_clock;
    struct Options {
        std::chrono::milliseconds pause{1'000};
        std::function<Clock::time_point()> now = Clock::now;
    };

    /// Refers to both.
    FallbackRateLimiter(RateLimiter& shared, RateLimiter& local, Options options);

    Task<std::optional<int>> take(std::string caller) override;

private:
    bool may_ask();
    void went(const char* reason);
    void came_back();

    RateLimiter& shared_;
    RateLimiter& local_;
    Options options_;
    bool away_ = false;
    Clock::time_point ask_at_; ///< while away
    telemetry::Counter fallbacks_;
};

} // namespace tandem::gateway
