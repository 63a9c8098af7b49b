#pragma once

#include <chrono>
#include <list>
#include <optional>
#include <string>
#include <unordered_map>

namespace tandem::gateway {

struct RateLimit {
    double per_s = 200; ///< 0: no limit
    double burst = 400;
    std::size_t callers_max = 50'000; ///< beyond it, who was quiet longest is forgotten
};

/// A token bucket for each caller, in memory.
class RateLimiter {
public:
    using Clock = std::chrono::steady_clock;

    explicit RateLimiter(RateLimit limit) : limit_(limit) {}

    /// Takes a token. Nothing when the caller may go on, else the whole seconds to wait, at least 1.
    std::optional<int> take(const std::string& caller, Clock::time_point now);

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
