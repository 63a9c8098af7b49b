#include "libs/redis/backoff.hpp"

#include <gtest/gtest.h>

namespace tandem::redis {
namespace {

using std::chrono::milliseconds;

TEST(RedisBackoffTest, DoublesUpToTwoSeconds) {
    EXPECT_EQ(pause_after(1, 0), milliseconds(50));
    EXPECT_EQ(pause_after(2, 0), milliseconds(100));
    EXPECT_EQ(pause_after(5, 0), milliseconds(800));
    EXPECT_EQ(pause_after(7, 0), milliseconds(2'000));
    EXPECT_EQ(pause_after(1'000'000, 0), milliseconds(2'000));
}

TEST(RedisBackoffTest, LeavesOutUpToHalfByChance) {
    EXPECT_EQ(pause_after(2, 0.5), milliseconds(75));
    EXPECT_EQ(pause_after(2, 1), milliseconds(50));
    EXPECT_EQ(pause_after(9, 1), milliseconds(1'000));
}

} // namespace
} // namespace tandem::redis
