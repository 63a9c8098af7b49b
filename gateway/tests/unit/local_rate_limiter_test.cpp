#include "gateway/local_rate_limiter.hpp"

#include <gtest/gtest.h>

namespace tandem::gateway {
namespace {

using std::chrono::milliseconds;

const LocalRateLimiter::Clock::time_point start{std::chrono::hours(1)};

TEST(LocalRateLimiterTest, AllowsABurstThenTheSteadyRate) {
    LocalRateLimiter limiter({.per_s = 10, .burst = 3});
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(limiter.take_at("a", start), std::nullopt);
    }
    EXPECT_EQ(limiter.take_at("a", start), 1);
    EXPECT_EQ(limiter.take_at("a", start + milliseconds(99)), 1);
    EXPECT_EQ(limiter.take_at("a", start + milliseconds(101)), std::nullopt);
    EXPECT_EQ(limiter.take_at("a", start + milliseconds(101)), 1);
}

TEST(LocalRateLimiterTest, SaysHowLongToWait) {
    LocalRateLimiter limiter({.per_s = 0.2, .burst = 1});
    EXPECT_EQ(limiter.take_at("a", start), std::nullopt);
    EXPECT_EQ(limiter.take_at("a", start), 5);
}

TEST(LocalRateLimiterTest, KeepsCallersApart) {
    LocalRateLimiter limiter({.per_s = 1, .burst = 1});
    EXPECT_EQ(limiter.take_at("a", start), std::nullopt);
    EXPECT_EQ(limiter.take_at("b", start), std::nullopt);
    EXPECT_NE(limiter.take_at("a", start), std::nullopt);
}

TEST(LocalRateLimiterTest, NeverSavesMoreThanTheBurst) {
    LocalRateLimiter limiter({.per_s = 100, .burst = 2});
    limiter.take_at("a", start);
    int allowed = 0;
    for (int i = 0; i < 10; ++i) {
        allowed += limiter.take_at("a", start + std::chrono::hours(1)) ? 0 : 1;
    }
    EXPECT_EQ(allowed, 2);
}

TEST(LocalRateLimiterTest, RemembersABoundedNumberOfCallers) {
    LocalRateLimiter limiter({.per_s = 1, .burst = 1, .callers_max = 2});
    limiter.take_at("a", start);
    limiter.take_at("b", start);
    limiter.take_at("a", start);
    limiter.take_at("c", start);
    EXPECT_EQ(limiter.callers(), 2u);
    EXPECT_NE(limiter.take_at("a", start), std::nullopt);
    EXPECT_EQ(limiter.take_at("b", start), std::nullopt);
}

TEST(LocalRateLimiterTest, IsOffAtZero) {
    LocalRateLimiter limiter({.per_s = 0, .burst = 1});
    for (int i = 0; i < 10; ++i) {
        EXPECT_EQ(limiter.take_at("a", start), std::nullopt);
    }
    EXPECT_EQ(limiter.callers(), 0u);
}

} // namespace
} // namespace tandem::gateway
