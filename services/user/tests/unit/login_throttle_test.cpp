#include "services/user/core/login_throttle.hpp"

#include <gtest/gtest.h>

namespace tandem::user {
namespace {

using namespace std::chrono_literals;

class LoginThrottleTest : public ::testing::Test {
protected:
    void fail_times(int times, const std::string& client) {
        for (int i = 0; i < times; ++i) {
            throttle.failed(owner, client, now);
        }
    }
    bool open_for(const std::string& client) const {
        return !throttle.closed_for(owner, client, now).has_value();
    }

    const EmailAddress owner = EmailAddress::parse("owner@example.com").value();
    Timestamp now = parse_rfc3339("2026-11-23T12:00:00Z").value();
    LoginThrottle throttle{
        {.failures_max = 10, .window = 15min, .failures_per_address_max = 100, .keys_max = 1'000}};
};

TEST_F(LoginThrottleTest, ClosesAnAccountAfterTenFailuresUntilTheWindowEnds) {
    fail_times(9, "10.0.0.1");
    EXPECT_TRUE(open_for("10.0.0.1"));
    now += 5min;
    fail_times(1, "10.0.0.1");
    EXPECT_EQ(throttle.closed_for(owner, "10.0.0.1", now), 10min);
    now += 10min;
    EXPECT_TRUE(open_for("10.0.0.1"));
}

TEST_F(LoginThrottleTest, CountsTheFailuresOfAllClientsTogether) {
    for (int i = 0; i < 10; ++i) {
        fail_times(1, "10.0.0." + std::to_string(i));
    }
    EXPECT_FALSE(open_for("10.9.9.9"));
}

TEST_F(LoginThrottleTest, NobodyLocksTheOwnerOutOfAKnownAddress) {
    throttle.succeeded(owner, "192.0.2.1", now);
    now += 24h;
    fail_times(1'000, "10.0.0.1");
    EXPECT_FALSE(open_for("10.0.0.1"));
    EXPECT_TRUE(open_for("192.0.2.1"));
    fail_times(10, "192.0.2.1");
    EXPECT_FALSE(open_for("192.0.2.1"));
}

TEST_F(LoginThrottleTest, ASuccessForgivesThatClientsFailures) {
    fail_times(9, "192.0.2.1");
    throttle.succeeded(owner, "192.0.2.1", now);
    fail_times(9, "192.0.2.1");
    EXPECT_TRUE(open_for("192.0.2.1"));
}

TEST_F(LoginThrottleTest, ClosesAClientThatTriesManyAccounts) {
    for (int i = 0; i < 100; ++i) {
        throttle.failed(
            EmailAddress::parse("u" + std::to_string(i) + "@example.com").value(), "10.0.0.1", now);
    }
    EXPECT_FALSE(open_for("10.0.0.1"));
    EXPECT_TRUE(open_for("10.0.0.2"));
}

TEST(FailureWindowsTest, RemembersOnlySoManyKeysAndForgetsTheOldest) {
    FailureWindows windows(15min, 100);
    Timestamp now{};
    for (int i = 0; i < 10'000; ++i) {
        now += 1ms;
        windows.add(std::to_string(i), now);
        EXPECT_LE(windows.size(), 100u);
    }
    EXPECT_EQ(windows.count("9999", now), 1);
    EXPECT_EQ(windows.count("1", now), 0);
}

TEST(FailureWindowsTest, AKeyThatWasClearedBeginsAnew) {
    FailureWindows windows(15min, 100);
    const Timestamp now{};
    for (int i = 0; i < 10'000; ++i) {
        windows.add("same", now);
        windows.clear("same");
    }
    windows.add("same", now);
    EXPECT_EQ(windows.count("same", now), 1);
    EXPECT_EQ(windows.count("same", now + 15min), 0);
    EXPECT_EQ(windows.remaining("other", now), 0ms);
}

} // namespace
} // namespace tandem::user
