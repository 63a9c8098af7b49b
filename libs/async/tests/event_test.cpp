#include "libs/async/event.hpp"
#include "libs/async/sleep.hpp"
#include "libs/async/task_group.hpp"
#include "libs/testing/run.hpp"

#include <gtest/gtest.h>

namespace tandem::async {
namespace {

using namespace std::chrono_literals;

class EventTest : public ::testing::Test {
protected:
    Task<> count_one(std::chrono::nanoseconds timeout) {
        const bool notified = co_await event.wait_for(timeout);
        (notified ? woken : timed_out) += 1;
    }

    Task<> two_wait_and_both_wake() {
        tasks.spawn("first", count_one(1min));
        tasks.spawn("second", count_one(1min));
        co_await sleep_for(1ms);
        event.notify();
        co_await tasks.join();
    }

    Task<> cancelled_in_the_moment_of_its_wake_up() {
        tasks.spawn("first", count_one(1min));
        co_await sleep_for(1ms);
        tasks.cancel();
        event.notify();
        co_await tasks.join();
        const bool notified = co_await event.wait_for(0ns);
        EXPECT_TRUE(notified || woken == 1) << "the wake-up is lost";
    }

    boost::asio::io_context context;
    Event event{context.get_executor()};
    TaskGroup tasks{context.get_executor()};
    int woken = 0;
    int timed_out = 0;
};

TEST_F(EventTest, WakesTheNextWaiterWhenNobodyWaits) {
    event.notify();
    event.notify();
    EXPECT_TRUE(testing::run(context, event.wait_for(0ns)));
    EXPECT_FALSE(testing::run(context, event.wait_for(0ns))) << "one notification wakes once";
}

TEST_F(EventTest, GivesUpAfterTheTimeout) {
    EXPECT_FALSE(testing::run(context, event.wait_for(1ms)));
}

TEST_F(EventTest, WakesEveryWaiter) {
    testing::run(context, two_wait_and_both_wake());
    EXPECT_EQ(woken, 2);
    EXPECT_FALSE(testing::run(context, event.wait_for(0ns)));
}

TEST_F(EventTest, LosesNoWakeUpToACancelledWaiter) {
    testing::run(context, cancelled_in_the_moment_of_its_wake_up());
}

TEST_F(EventTest, AWaiterThatIsDestroyedLeavesNothingBehind) {
    auto other = std::make_unique<boost::asio::io_context>();
    Event short_lived(other->get_executor());
    boost::asio::co_spawn(other->get_executor(), short_lived.wait_for(1min), [](std::exception_ptr, bool) {});
    other->poll();
    other.reset();
    short_lived.notify();
}

} // namespace
} // namespace tandem::async
