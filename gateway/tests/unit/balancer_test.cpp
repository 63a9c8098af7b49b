#include "gateway/balancer.hpp"

#include <gtest/gtest.h>

namespace tandem::gateway {
namespace {

using std::chrono::milliseconds;

class BalancerTest : public ::testing::Test {
protected:
    Instance& instance(std::size_t i) { return *upstream.instances()[i]; }
    Instance* choose() { return upstream.choose(now, {}); }

    Upstream upstream{"order",
                      {{"127.0.0.1", 1}, {"127.0.0.1", 2}, {"127.0.0.1", 3}},
                      {.failures_max = 2, .open_for = milliseconds(100)}};
    SteadyClock::time_point now{std::chrono::hours(1)};
};

TEST_F(BalancerTest, TakesTurnsAmongEquals) {
    std::map<Instance*, int> chosen;
    for (int i = 0; i < 30; ++i) {
        ++chosen[choose()];
    }
    EXPECT_EQ(chosen.size(), 3u);
    for (const auto& [chosen_instance, times] : chosen) {
        EXPECT_EQ(times, 10) << chosen_instance->endpoint().to_string();
    }
}

TEST_F(BalancerTest, PrefersWhoeverHasTheFewestRequests) {
    const Ticket one(instance(0));
    const Ticket two(instance(1));
    EXPECT_EQ(choose(), &instance(2));
}

TEST_F(BalancerTest, GivesAnOutstandingRequestBackWithItsTicket) {
    {
        const Ticket ticket(instance(0));
        EXPECT_EQ(instance(0).outstanding(), 1);
    }
    EXPECT_EQ(instance(0).outstanding(), 0);
}

TEST_F(BalancerTest, LeavesOutWhatIsDownOrWasTried) {
    instance(0).probed(Condition::down);
    EXPECT_EQ(upstream.choose(now, {&instance(1)}), &instance(2));
    EXPECT_EQ(upstream.choose(now, {&instance(1), &instance(2)}), nullptr);
}

TEST_F(BalancerTest, TakesADegradedInstanceOnlyWhenNoBetterIsThere) {
    instance(0).probed(Condition::degraded);
    instance(1).probed(Condition::ready);
    instance(2).probed(Condition::down);
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(choose(), &instance(1));
    }
    instance(1).probed(Condition::down);
    EXPECT_EQ(choose(), &instance(0));
}

TEST_F(BalancerTest, OpensTheCircuitAfterFailuresInARow) {
    instance(0).failed(Failure::timed_out, now);
    instance(0).succeeded();
    instance(0).failed(Failure::timed_out, now);
    EXPECT_TRUE(instance(0).accepts(now));
    instance(0).failed(Failure::timed_out, now);
    EXPECT_FALSE(instance(0).accepts(now));
}

TEST_F(BalancerTest, LetsOneRequestTryAfterAWhile) {
    instance(0).failed(Failure::timed_out, now);
    instance(0).failed(Failure::timed_out, now);
    now += milliseconds(100);
    ASSERT_TRUE(instance(0).accepts(now));
    {
        const Ticket trial(instance(0));
        EXPECT_FALSE(instance(0).accepts(now));
        instance(0).failed(Failure::timed_out, now);
    }
    EXPECT_FALSE(instance(0).accepts(now));

    now += milliseconds(100);
    const Ticket trial(instance(0));
    instance(0).succeeded();
    EXPECT_TRUE(instance(0).accepts(now));
}

TEST_F(BalancerTest, ForgivesBrokenConnectionsButNotTimeoutsWhenAProbeIsAnswered) {
    for (int i = 0; i < 2; ++i) {
        instance(0).failed(Failure::unreachable, now);
        instance(1).failed(Failure::timed_out, now);
    }
    instance(0).probed(Condition::ready);
    instance(1).probed(Condition::ready);
    EXPECT_TRUE(instance(0).accepts(now));
    EXPECT_FALSE(instance(1).accepts(now));
}

} // namespace
} // namespace tandem::gateway
