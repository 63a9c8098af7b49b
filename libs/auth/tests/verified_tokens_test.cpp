#include "libs/auth/verified_tokens.hpp"

#include <gtest/gtest.h>

namespace tandem::auth {
namespace {

using namespace std::chrono_literals;

constexpr Timestamp now{1'000'000s};

Principal user(std::int64_t id) {
    return {.user_id = id, .email = "a@b.example", .role = Role::customer};
}

TEST(VerifiedTokensTest, RemembersATokenUntilItExpires) {
    VerifiedTokens tokens(10);
    tokens.remember("token", user(7), now + 1s);
    ASSERT_TRUE(tokens.find("token", now).has_value());
    EXPECT_EQ(tokens.find("token", now)->user_id, 7);
    EXPECT_FALSE(tokens.find("token", now + 1s).has_value());
    EXPECT_FALSE(tokens.find("Token", now).has_value());
}

TEST(VerifiedTokensTest, NeverHoldsMoreThanItsBoundAndForgetsTheOldestFirst) {
    VerifiedTokens tokens(100);
    for (int i = 0; i < 1'000; ++i) {
        tokens.remember(std::to_string(i), user(i), now + 1h);
        EXPECT_LE(tokens.size(), 100u);
    }
    EXPECT_TRUE(tokens.find("999", now).has_value());
    EXPECT_TRUE(tokens.find("960", now).has_value());
    EXPECT_FALSE(tokens.find("1", now).has_value());
}

TEST(VerifiedTokensTest, HoldsNothingWhenItMayHoldNothing) {
    VerifiedTokens tokens(0);
    tokens.remember("token", user(7), now + 1h);
    EXPECT_EQ(tokens.size(), 0u);
}

} // namespace
} // namespace tandem::auth
