#pragma once

#include "libs/kernel/task.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace tandem::gateway {

struct RateLimit {
    double per_s = 200; ///< 0: no limit
    double burst = 400;
    std::size_t callers_max = 50'000; ///< in memory; beyond it, who was quiet longest is forgotten
};

/// How often a caller may come: so many requests at once, and then so many a second.
class RateLimiter {
public:
    virtual ~RateLimiter() = default;

    /// Counts a request. Nothing when the caller may go on, else the whole seconds to wait, at least
    /// 1. Throws Unavailable when the counts are out of reach.
    virtual Task<std::optional<int>> take(std::string caller) = 0;
};

} // namespace tandem::gateway
