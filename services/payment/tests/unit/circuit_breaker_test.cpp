#include "services/payment/core/circuit_breaker.hpp"
#include "services/payment/core/retry_policy.hpp"

#include <gtest/gtest.h>

namespace tandem::payment {
namespace {

using namespace std::chrono_literals;
using State = CircuitBreaker::State;

class CircuitBreakerTest : public ::testing::Test {
protected:
    void fail(int times) {
        for (int i = 0; i < times; ++i) {
            breaker.failed(now);
        }
    }

    CircuitBreaker breaker{{.failures_max = 3, .cool_down = 5s}};
    Timestamp now{1'000'000s};
};

TEST_F(CircuitBreakerTest, OpensAfterSoManyFailuresInARow) {
    fail(2);
    EXPECT_TRUE(breaker.admit(now));
    fail(1);
    EXPECT_FALSE(breaker.admit(now));
    EXPECT_EQ(breaker.state(now), State::open);
}

TEST_F(CircuitBreakerTest, ASuccessForgetsEarlierFailures) {
    fail(2);
    breaker.succeeded();
    fail(2);
    EXPECT_EQ(breaker.state(now), State::closed);
}

TEST_F(CircuitBreakerTest, AdmitsOneProbeAfterTheCoolDown) {
    fail(3);
    now += 5s - 1us;
    EXPECT_FALSE(breaker.admit(now));
    now += 1us;
    EXPECT_EQ(breaker.state(now), State::half_open);
    EXPECT_TRUE(breaker.admit(now));
    EXPECT_FALSE(breaker.admit(now)) << "one probe at a time";
}

TEST_F(CircuitBreakerTest, AGoodProbeClosesIt) {
    fail(3);
    now += 5s;
    EXPECT_TRUE(breaker.admit(now));
    breaker.succeeded();
    EXPECT_EQ(breaker.state(now), State::closed);
    fail(2);
    EXPECT_TRUE(breaker.admit(now));
}

TEST_F(CircuitBreakerTest, ABadProbeOpensItForAnotherCoolDown) {
    fail(3);
    now += 5s;
    EXPECT_TRUE(breaker.admit(now));
    now += 3s;
    fail(1);
    now += 5s - 1us;
    EXPECT_FALSE(breaker.admit(now));
    now += 1us;
    EXPECT_TRUE(breaker.admit(now));
}

TEST_F(CircuitBreakerTest, AProbeThatNeverEndsIsForgotten) {
    fail(3);
    now += 5s;
    EXPECT_TRUE(breaker.admit(now));
    now += 5s;
    EXPECT_TRUE(breaker.admit(now));
}

TEST(RetryPolicyTest, DoublesToALimitAndDrawsFromTheWholeRange) {
    const RetryPolicy policy{.first = 200ms, .longest = 1s};
    EXPECT_EQ(policy.pause(1, 0), 0s);
    EXPECT_EQ(policy.pause(1, 0.5), 100ms);
    EXPECT_EQ(policy.pause(2, 0.5), 200ms);
    EXPECT_EQ(policy.pause(3, 0.5), 400ms);
    EXPECT_EQ(policy.pause(4, 0.5), 500ms);
    EXPECT_EQ(policy.pause(1'000'000, 0.5), 500ms);
    EXPECT_EQ(policy.pause(0, 0.5), 100ms);
}

} // namespace
} // namespace tandem::payment
