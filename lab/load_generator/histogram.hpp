#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

namespace tandem::lab {

/// Counts durations in log-linear buckets (the idea of HdrHistogram, Gil Tene): 64 buckets per power
/// of two of a microsecond, so that every figure is within 1.6 % of the truth, from 1 us to an hour,
/// in constant memory.
class Histogram {
public:
    Histogram();

    void record(std::chrono::nanoseconds duration);

    std::uint64_t count() const { return count_; }
    /// The duration that `share` (0 to 1) of all recorded ones do not exceed; 0 when there are none.
    std::chrono::microseconds quantile(double share) const;
    std::chrono::microseconds max() const { return std::chrono::microseconds(max_us_); }

private:
    std::vector<std::uint64_t> buckets_;
    std::uint64_t count_ = 0;
    std::int64_t max_us_ = 0;
};

} // namespace tandem::lab
