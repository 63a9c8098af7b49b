#include "libs/async/event.hpp"
#include "libs/async/sleep.hpp"
#include "libs/async/task_group.hpp"
#include "libs/telemetry/metrics.hpp"
#include "libs/testing/run.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace tandem::async {
namespace {

using namespace std::chrono_literals;

class TaskGroupTest : public ::testing::Test {
protected:
    Task<> count_after(std::chrono::nanoseconds delay) {
        co_await sleep_for(delay);
        ++ended;
    }

    Task<> fail() {
        co_await sleep_for(0ns);
        throw std::runtime_error("no");
    }

    Task<> spawn_another() {
        co_await sleep_for(0ns);
        tasks.spawn("child", count_after(1ms));
    }

    Task<> cancel_soon() {
        co_await sleep_for(1ms);
        tasks.cancel();
        co_await tasks.join();
    }

    Task<> join_twice_at_once() {
        TaskGroup joiners(context.get_executor());
        tasks.spawn("work", count_after(1ms));
        joiners.spawn("join", tasks.join());
        joiners.spawn("join", tasks.join());
        co_await joiners.join();
    }

    static double failures() {
        const std::string text = telemetry::metrics_text();
        const auto at = text.find("\ntandem_task_failures_total ");
        return at == std::string::npos ? 0 : std::stod(text.substr(text.find(' ', at)));
    }

    boost::asio::io_context context;
    TaskGroup tasks{context.get_executor()};
    int ended = 0;
};

TEST_F(TaskGroupTest, JoinWaitsForAllAndForThoseThatTheySpawn) {
    tasks.spawn("one", count_after(0ns));
    tasks.spawn("two", count_after(2ms));
    tasks.spawn("parent", spawn_another());
    testing::run(context, tasks.join());
    EXPECT_EQ(ended, 3);
    EXPECT_EQ(tasks.size(), 0U);
}

TEST_F(TaskGroupTest, JoinOfAnEmptyGroupReturnsAtOnce) {
    testing::run(context, tasks.join());
}

TEST_F(TaskGroupTest, SeveralMayJoin) {
    testing::run(context, join_twice_at_once());
    EXPECT_EQ(ended, 1);
}

TEST_F(TaskGroupTest, CancelStopsTheRunningAtTheirNextSuspensionAndCountsNoFailure) {
    const double before = failures();
    tasks.spawn("long", count_after(1h));
    tasks.spawn("long", count_after(1h));
    testing::run(context, cancel_soon());
    EXPECT_EQ(ended, 0);
    EXPECT_EQ(failures(), before);
}

TEST_F(TaskGroupTest, CancelReachesATaskThatHasNotBegun) {
    tasks.spawn("long", count_after(1h));
    tasks.cancel();
    testing::run(context, tasks.join());
    EXPECT_EQ(ended, 0);
}

TEST_F(TaskGroupTest, AFailureIsCountedAndHarmsNoOther) {
    const double before = failures();
    tasks.spawn("bad", fail());
    tasks.spawn("good", count_after(1ms));
    testing::run(context, tasks.join());
    EXPECT_EQ(ended, 1);
    EXPECT_EQ(failures(), before + 1);
}

} // namespace
} // namespace tandem::async
