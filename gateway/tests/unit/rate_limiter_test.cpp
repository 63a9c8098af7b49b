#include "gateway/rate_limiter.hpp"

#include <gtest/gtest.h>

namespace tandem::gateway {
namespace {

using std::chrono::milliseconds;

const RateLimiter::Clock::time_point start{std::chrono::hours(1)};

TEST(RateLimiterTest, AllowsABurstThenTheSteadyRate) {
    RateLimiter limiter({.per_s = 10, .burst = 3});
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(limiter.take("a", start), std::nullopt);
    }
    EXPECT_EQ(limiter.take("a", start), 1);
    EXPECT_EQ(limiter.take("a", start + milliseconds(99)), 1);
    EXPECT_EQ(limiter.take("a", start + milliseconds(101)), std::nullopt);
    EXPECT_EQ(limiter.take("a", start + milliseconds(101)), 1);
}

TEST(RateLimiterTest, SaysHowLongToWait) {
    RateLimiter limiter({.per_s = 0.2, .burst = 1});
    EXPECT_EQ(limiter.take("a", start), std::nullopt);
    EXPECT_EQ(limiter.take("a", start), 5);
}

TEST(RateLimiterTest, KeepsCallersApart) {
    RateLimiter limiter({.per_s = 1, .burst = 1});
    EXPECT_EQ(limiter.take("a", start), std::nullopt);
    EXPECT_EQ(limiter.take("b", start), std::nullopt);
    EXPECT_NE(limiter.take("a", start), std::nullopt);
}

TEST(RateLimiterTest, NeverSavesMoreThanTheBurst) {
    RateLimiter limiter({.per_s = 100, .burst = 2});
    limiter.take("a", start);
    int allowed = 0;
    for (int i = 0; i < 10; ++i) {
        allowed += limiter.take("a", start + std::chrono::hours(1)) ? 0 : 1;
    }
    EXPECT_EQ(allowed, 2);
}

TEST(RateLimiterTest, RemembersABoundedNumberOfCallers) {
    RateLimiter limiter({.per_s = 1, .burst = 1, .callers_max = 2});
    limiter.take("a", start);
    limiter.take("b", start);
    limiter.take("a", start);
    limiter.take("c", start);
    EXPECT_EQ(limiter.callers(), 2u);
    EXPECT_NE(limiter.take("a", start), std::nullopt);
    EXPECT_EQ(limiter.take("b", start), std::nullopt);
}

TEST(RateLimiterTest, IsOffAtZero) {
    RateLimiter limiter({.per_s = 0, .burst = 1});
    for (int i = 0; i < 10; ++i) {
        EXPECT_EQ(limiter.take("a", start), std::nullopt);
    }
    EXPECT_EQ(limiter.callers(), 0u);
}

} // namespace
} // namespace tandem::gateway
