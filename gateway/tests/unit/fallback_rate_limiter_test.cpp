#include "gateway/fallback_rate_limiter.hpp"
#include "gateway/local_rate_limiter.hpp"
#include "libs/async/event.hpp"
#include "libs/async/task_group.hpp"
#include "libs/kernel/unavailable.hpp"
#include "libs/testing/run.hpp"

#include <gtest/gtest.h>

#include <deque>

namespace tandem::gateway {
namespace {

using namespace std::chrono_literals;
using tandem::testing::run;

/// A store that several gateways share, and that is away when told so.
class FakeSharedLimiter final : public RateLimiter {
public:
    Task<std::optional<int>> take(std::string caller) override {
        ++asked;
        if (away) {
            throw DeadlineExceeded("redis did not answer in time");
        }
        co_return caller == "greedy" ? std::optional(7) : std::nullopt;
    }

    bool away = false;
    int asked = 0;
};

class FallbackRateLimiterTest : public ::testing::Test {
protected:
    std::optional<int> take(std::string caller = "a") { return run(limiter.take(std::move(caller))); }

    FallbackRateLimiter::Clock::time_point now{1h};
    FakeSharedLimiter shared;
    LocalRateLimiter local{{.per_s = 0.001, .burst = 2}};
    FallbackRateLimiter limiter{shared, local, {.pause = 1'000ms, .now = [this] { return now; }}};
};

TEST_F(FallbackRateLimiterTest, SaysWhatTheSharedCountSays) {
    EXPECT_EQ(take(), std::nullopt);
    EXPECT_EQ(take("greedy"), 7);
    EXPECT_EQ(local.callers(), 0u);
}

TEST_F(FallbackRateLimiterTest, CountsAloneWhileTheOthersCannotBeReached) {
    shared.away = true;
    EXPECT_EQ(take(), std::nullopt);
    EXPECT_EQ(take(), std::nullopt);
    EXPECT_EQ(take(), 1'000) << "a limit, not none";
}

TEST_F(FallbackRateLimiterTest, LetsOneRequestOfEachPauseWait) {
    shared.away = true;
    for (int i = 0; i < 10; ++i) {
        take();
    }
    EXPECT_EQ(shared.asked, 1);
    now += 999ms;
    take();
    EXPECT_EQ(shared.asked, 1);
    now += 1ms;
    for (int i = 0; i < 10; ++i) {
        take();
    }
    EXPECT_EQ(shared.asked, 2);
}

TEST_F(FallbackRateLimiterTest, SharesAgainOnceTheTrialIsAnswered) {
    shared.away = true;
    take();
    shared.away = false;
    take();
    EXPECT_EQ(shared.asked, 1) << "not before the pause is over";
    now += 1s;
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(take(), std::nullopt);
    }
    EXPECT_EQ(shared.asked, 6);
}

/// Answers when it is told to.
class SlowSharedLimiter final : public RateLimiter {
public:
    struct Call {
        explicit Call(Executor executor) : told(executor) {}
        async::Event told;
        bool fails = false;
    };

    explicit SlowSharedLimiter(Executor executor) : executor_(executor) {}

    Task<std::optional<int>> take(std::string) override {
        Call& call = calls.emplace_back(executor_);
        co_await call.told.wait_for(1h);
        if (call.fails) {
            throw Unavailable("the connection to redis broke");
        }
        co_return std::nullopt;
    }

    std::deque<Call> calls;

private:
    Executor executor_;
};

Task<> take_from(RateLimiter& limiter) {
    co_await limiter.take("a");
}

TEST(FallbackRateLimiterOrderTest, StaysAwayWhenAnEarlierQuestionIsAnsweredLate) {
    boost::asio::io_context io;
    async::TaskGroup tasks(io.get_executor());
    SlowSharedLimiter shared(io.get_executor());
    LocalRateLimiter local({.per_s = 1, .burst = 10});
    FallbackRateLimiter limiter(shared, local, {.pause = 1h});
    tasks.spawn("first", take_from(limiter));
    tasks.spawn("second", take_from(limiter));
    io.poll();
    ASSERT_EQ(shared.calls.size(), 2u);
    shared.calls[0].fails = true;
    shared.calls[0].told.notify();
    io.poll();
    shared.calls[1].told.notify();
    run(io, tasks.join());
    run(io, take_from(limiter));
    EXPECT_EQ(shared.calls.size(), 2u);
}

} // namespace
} // namespace tandem::gateway
