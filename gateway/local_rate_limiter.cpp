#include "gateway/local_rate_limiter.hpp"

#include <algorithm>
#include <cmath>

namespace tandem::gateway {

Task<std::optional<int>> LocalRateLimiter::take(std::string caller) {
    co_return take_at(caller, Clock::now());
}

std::optional<int> LocalRateLimiter::take_at(const std::string& caller, Clock::time_point now) {
    if (limit_.per_s <= 0) {
        return std::nullopt;
    }
    Bucket& bucket = bucket_of(caller, now);
    const double elapsed_s = std::chrono::duration<double>(now - bucket.filled_at).count();
    bucket.tokens = std::min(limit_.burst, bucket.tokens + std::max(0.0, elapsed_s) * limit_.per_s);
    bucket.filled_at = now;
    if (bucket.tokens >= 1) {
        bucket.tokens -= 1;
        return std::nullopt;
    }
    return std::max(1, static_cast<int>(std::ceil((1 - bucket.tokens) / limit_.per_s)));
}

LocalRateLimiter::Bucket& LocalRateLimiter::bucket_of(const std::string& caller, Clock::time_point now) {
    const auto found = by_caller_.find(caller);
    if (found != by_caller_.end()) {
        buckets_.splice(buckets_.begin(), buckets_, found->second);
        return buckets_.front();
    }
    if (buckets_.size() >= limit_.callers_max) {
        by_caller_.erase(buckets_.back().caller);
        buckets_.pop_back();
    }
    buckets_.push_front({.caller = caller, .tokens = limit_.burst, .filled_at = now});
    by_caller_.emplace(caller, buckets_.begin());
    return buckets_.front();
}

} // namespace tandem::gateway
