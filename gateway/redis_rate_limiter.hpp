#pragma once

#include "gateway/rate_limiter.hpp"
#include "libs/redis/client.hpp"

#include <array>
#include <chrono>

namespace tandem::gateway {

/// One bucket for each caller, shared by every gateway that asks the same Redis. A caller's key
/// ("tandem:rate:user 42") holds the moment until which their requests are paid for (the generic
/// cell rate algorithm, which allows what a token bucket does), by the server's clock, and expires
/// then. The step is one script: atomic, one round trip.
class RedisRateLimiter final : public RateLimiter {
public:
    /// Answers or throws Unavailable within `patience`: a request waits for this. There must be a
    /// limit (`per_s` above 0).
    RedisRateLimiter(redis::Client& client,
                     RateLimit limit,
                     std::chrono::milliseconds patience = std::chrono::milliseconds(20));

    Task<std::optional<int>> take(std::string caller) override;

private:
    redis::Client& client_;
    std::chrono::milliseconds patience_;
    redis::Script script_;
    std::array<std::string, 2> arguments_;
};

} // namespace tandem::gateway
