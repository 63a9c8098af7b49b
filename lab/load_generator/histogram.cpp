#include "lab/load_generator/histogram.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace tandem::lab {
namespace {

constexpr int sub_bits = 6;
constexpr std::uint64_t sub_count = 1U << sub_bits;
constexpr std::int64_t us_max = 3'600'000'000;

std::size_t bucket_of(std::uint64_t us) {
    if (us < sub_count) {
        return us;
    }
    const auto exponent = static_cast<std::uint64_t>(std::bit_width(us)) - sub_bits - 1;
    return (exponent + 1) * sub_count + (us >> exponent) - sub_count;
}

std::uint64_t upper_edge(std::size_t bucket) {
    if (bucket < sub_count) {
        return bucket;
    }
    const std::uint64_t exponent = bucket / sub_count - 1;
    const std::uint64_t mantissa = bucket % sub_count + sub_count;
    return ((mantissa + 1) << exponent) - 1;
}

} // namespace

Histogram::Histogram() : buckets_(bucket_of(us_max) + 1) {}

void Histogram::record(std::chrono::nanoseconds duration) {
    const auto us = std::chrono::duration_cast<std::chrono::microseconds>(duration).count();
    const std::int64_t bounded = std::clamp<std::int64_t>(us, 0, us_max);
    ++buckets_[bucket_of(static_cast<std::uint64_t>(bounded))];
    ++count_;
    max_us_ = std::max(max_us_, bounded);
}

std::chrono::microseconds Histogram::quantile(double share) const {
    const auto rank = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(count_)));
    std::uint64_t seen = 0;
    for (std::size_t bucket = 0; bucket < buckets_.size(); ++bucket) {
        seen += buckets_[bucket];
        if (seen >= rank && seen > 0) {
            const auto edge = static_cast<std::int64_t>(upper_edge(bucket));
            return std::chrono::microseconds(std::min(edge, max_us_));
        }
    }
    return std::chrono::microseconds(0);
}

} // namespace tandem::lab
