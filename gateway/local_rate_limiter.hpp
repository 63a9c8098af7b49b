#pragma once

#include "gateway/rate_limiter.hpp"

#include <chrono>
#include <list>
#include <unordered_map>

namespace tandem::gateway {

/// A token bucket for each caller, in this process's memory. Never throws Unavailable.
class LocalRateLimiter final : public RateLimiter {
public:
    using Clock = std::chrono::steady_clock;

    explicit LocalRateLimiter(RateLimit limit) : limit_(limit) {}

    Task<std::optional<int>> take(std::string caller) override;
    std::optional<int> take_at(const std::string& caller, Clock::time_point now);

    std::size_t callers() const { return buckets_.size(); }

private:
    struct Bucket {
        std::string caller;
        double tokens;
        Clock::time_point filled_at;
    };
    using Buckets = std::list<Bucket>;

    Bucket& bucket_of(const std::string& caller, Clock::time_point now);

    RateLimit limit_;
    Buckets buckets_; ///< who came last is first
    std::unordered_map<std::string, Buckets::iterator> by_caller_;
};

} // namespace tandem::gateway
