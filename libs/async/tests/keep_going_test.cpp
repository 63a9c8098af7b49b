#include "libs/async/keep_going.hpp"
#include "libs/async/sleep.hpp"
#include "libs/async/task_group.hpp"
#include "libs/kernel/unavailable.hpp"
#include "libs/telemetry/metrics.hpp"
#include "libs/testing/run.hpp"

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>
#include <gtest/gtest.h>

#include <stdexcept>

namespace tandem::async {
namespace {

using namespace std::chrono_literals;

[[noreturn]] void abort_of_a_socket_that_was_closed() {
    throw boost::system::system_error(boost::asio::error::operation_aborted);
}

class KeepGoingTest : public ::testing::Test {
protected:
    /// Each turn does what it is told to, by its number from 1; the last one tells its end.
    Task<bool> turn(int turns, std::function<void(int)> act) {
        co_await sleep_for(0ns);
        act(++taken);
        co_return taken < turns;
    }
    void keep_going_for(int turns, std::function<void(int)> act) {
        const auto take = [this, turns, act] { return turn(turns, act); };
        testing::run(context, keep_going("test", take, {.first = 1ms, .longest = 2ms}));
    }

    Task<> count_without_end() {
        ++taken;
        co_return;
    }
    Task<> cancel_once_begun() {
        while (taken == 0) {
            co_await sleep_for(1ms);
        }
        tasks.cancel();
        co_await tasks.join();
    }

    static double failures() {
        const std::string text = telemetry::metrics_text();
        const auto at = text.find("\ntandem_task_failures_total ");
        return at == std::string::npos ? 0 : std::stod(text.substr(text.find(' ', at)));
    }

    boost::asio::io_context context;
    TaskGroup tasks{context.get_executor()};
    int taken = 0;
};

TEST_F(KeepGoingTest, TakesTurnsUntilOneTellsItsEnd) {
    keep_going_for(3, [](int) {});
    EXPECT_EQ(taken, 3);
}

TEST_F(KeepGoingTest, GoesOnAfterWhateverLeavesATurnAndCountsWhatNobodyForesaw) {
    const double before = failures();
    keep_going_for(4, [](int number) {
        switch (number) {
        case 1:
            throw std::logic_error("not foreseen");
        case 2:
            abort_of_a_socket_that_was_closed();
        case 3:
            throw Unavailable("the database");
        default:
            break;
        }
    });
    EXPECT_EQ(taken, 4);
    EXPECT_EQ(failures(), before + 2);
}

TEST_F(KeepGoingTest, GoesOnWhenNotEvenTheTurnsTaskCouldBeMade) {
    int made = 0;
    const auto make = [&] {
        if (++made == 1) {
            throw std::bad_alloc();
        }
        return turn(1, [](int) {});
    };
    testing::run(context, keep_going("test", make, {.first = 1ms, .longest = 1ms}));
    EXPECT_EQ(made, 2);
}

TEST_F(KeepGoingTest, EndsWhenItIsCancelledWithoutAFailure) {
    const double before = failures();
    tasks.spawn("test", repeat("test", 1ms, [this] { return count_without_end(); }));
    testing::run(context, cancel_once_begun());
    EXPECT_EQ(tasks.size(), 0U);
    EXPECT_EQ(failures(), before);
}

TEST_F(KeepGoingTest, EndsWhenItIsCancelledWhileItRestsAfterAFailure) {
    const auto fail = [this] { return turn(0, [](int) { throw std::runtime_error("no"); }); };
    tasks.spawn("test", keep_going("test", fail, {.first = 60min, .longest = 60min}));
    testing::run(context, cancel_once_begun());
    EXPECT_EQ(tasks.size(), 0U);
    EXPECT_EQ(taken, 1);
}

} // namespace
} // namespace tandem::async
