#include "libs/async/semaphore.hpp"
#include "libs/async/sleep.hpp"
#include "libs/async/task_group.hpp"
#include "libs/testing/run.hpp"

#include <boost/system/system_error.hpp>
#include <gtest/gtest.h>

#include <vector>

namespace tandem::async {
namespace {

using namespace std::chrono_literals;

class SemaphoreTest : public ::testing::Test {
protected:
    Task<> work(int number) {
        const auto permit = co_await semaphore.acquire();
        if (!permit) {
            ++refused;
            co_return;
        }
        started.push_back(number);
        at_once_max = std::max(at_once_max, semaphore.in_use());
        co_await sleep_for(100us);
    }

    Task<> all_of(int count) {
        for (int i = 0; i < count; ++i) {
            tasks.spawn("work", work(i));
        }
        co_await tasks.join();
    }

    Task<> until_waiting(std::size_t count) {
        while (semaphore.waiting() != count) {
            co_await sleep_for(50us);
        }
    }

    Task<> cancel_those_who_wait() {
        auto first = co_await semaphore.acquire();
        auto second = co_await semaphore.acquire();
        for (int i = 0; i < 3; ++i) {
            tasks.spawn("work", work(i));
        }
        co_await until_waiting(3);
        tasks.cancel();
        co_await tasks.join();
        EXPECT_EQ(semaphore.waiting(), 0U);
        EXPECT_EQ(semaphore.in_use(), 2U);
    }

    Task<> cancel_in_the_moment_of_the_turn() {
        {
            auto first = co_await semaphore.acquire();
            auto second = co_await semaphore.acquire();
            tasks.spawn("work", work(0));
            co_await until_waiting(1);
        }
        tasks.cancel();
        co_await tasks.join();
        EXPECT_EQ(semaphore.in_use(), 0U);
    }

    boost::asio::io_context context;
    Semaphore semaphore{context.get_executor(), 2, 4};
    TaskGroup tasks{context.get_executor()};
    std::vector<int> started;
    std::size_t at_once_max = 0;
    int refused = 0;
};

TEST_F(SemaphoreTest, LetsInSoManyAtOnceInTheOrderTheyCame) {
    testing::run(context, all_of(6));
    EXPECT_EQ(started, (std::vector{0, 1, 2, 3, 4, 5}));
    EXPECT_EQ(at_once_max, 2U);
    EXPECT_EQ(refused, 0);
    EXPECT_EQ(semaphore.in_use(), 0U);
}

TEST_F(SemaphoreTest, RefusesAtOnceWhenTooManyWait) {
    testing::run(context, all_of(9));
    EXPECT_EQ(started.size(), 6U);
    EXPECT_EQ(refused, 3);
}

TEST_F(SemaphoreTest, CancelledWaitersLeaveTheLine) {
    testing::run(context, cancel_those_who_wait());
    EXPECT_TRUE(started.empty());
    EXPECT_EQ(semaphore.in_use(), 0U);
}

TEST_F(SemaphoreTest, APermitGivenToACancelledTaskComesBack) {
    testing::run(context, cancel_in_the_moment_of_the_turn());
}

} // namespace
} // namespace tandem::async
