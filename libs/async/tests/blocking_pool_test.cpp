#include "libs/async/blocking_pool.hpp"
#include "libs/async/sleep.hpp"
#include "libs/async/task_group.hpp"
#include "libs/testing/run.hpp"

#include <boost/system/system_error.hpp>
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <future>
#include <stdexcept>
#include <thread>

namespace tandem::async {
namespace {

using namespace std::chrono_literals;

int throw_away() {
    throw std::runtime_error("no");
}

class BlockingPoolTest : public ::testing::Test {
protected:
    /// Occupies the one thread until `gate` opens.
    Task<> hold() {
        const auto work = [this] {
            is_held = true;
            opened.wait();
            return 1;
        };
        const auto held = co_await pool->run(work);
        EXPECT_TRUE(held);
        ++ended;
    }

    Task<> count() {
        std::optional<int> value;
        try {
            value = co_await pool->run([] { return 7; });
        } catch (const boost::system::system_error&) {
            ++aborted;
            throw;
        }
        value ? ++ended : ++refused;
    }

    static Task<> until(std::function<bool()> condition) {
        while (!condition()) {
            co_await sleep_for(50us);
        }
    }

    Task<> fill_the_queue() {
        tasks.spawn("hold", hold());
        co_await until([this] { return is_held.load(); });
        for (int i = 0; i < 3; ++i) {
            tasks.spawn("count", count());
        }
        co_await until([this] { return refused == 1; });
        EXPECT_EQ(pool->queued(), 2U);
        gate.set_value();
        co_await tasks.join();
    }

    Task<> cancel_all() {
        tasks.spawn("hold", hold());
        co_await until([this] { return is_held.load(); });
        tasks.spawn("count", count());
        co_await until([this] { return pool->queued() == 1; });
        tasks.cancel();
        co_await until([this] { return aborted == 1; });
        EXPECT_EQ(pool->queued(), 0U);
        EXPECT_EQ(tasks.size(), 1U) << "the job in hand is waited for";
        gate.set_value();
        co_await tasks.join();
    }

    Task<> destroy_the_pool() {
        tasks.spawn("hold", hold());
        co_await until([this] { return is_held.load(); });
        tasks.spawn("count", count());
        co_await until([this] { return pool->queued() == 1; });
        std::thread open_later([this] {
            std::this_thread::sleep_for(1ms);
            gate.set_value();
        });
        pool.reset();
        open_later.join();
        co_await tasks.join();
    }

    boost::asio::io_context context;
    std::promise<void> gate;
    std::shared_future<void> opened = gate.get_future().share();
    std::unique_ptr<BlockingPool> pool =
        std::make_unique<BlockingPool>(context.get_executor(), "hashing", 1, 2);
    TaskGroup tasks{context.get_executor()};
    std::atomic<bool> is_held = false;
    int ended = 0;
    int refused = 0;
    int aborted = 0;
};

TEST_F(BlockingPoolTest, RunsOnAThreadOfItsOwnAndResumesOnTheLoop) {
    const auto worker = testing::run(context, pool->run([] { return std::this_thread::get_id(); }));
    ASSERT_TRUE(worker);
    EXPECT_NE(*worker, std::this_thread::get_id());
}

TEST_F(BlockingPoolTest, RethrowsWhatTheWorkThrows) {
    EXPECT_THROW(testing::run(context, pool->run(throw_away)), std::runtime_error);
    EXPECT_EQ(*testing::run(context, pool->run([] { return 1; })), 1) << "the thread lives on";
}

TEST_F(BlockingPoolTest, RefusesAtOnceWhenTheQueueIsFull) {
    testing::run(context, fill_the_queue());
    EXPECT_EQ(ended, 3);
}

TEST_F(BlockingPoolTest, ACancelledTaskDropsItsWaitingJobAndWaitsForTheOneInHand) {
    testing::run(context, cancel_all());
    EXPECT_EQ(ended, 1);
}

TEST_F(BlockingPoolTest, ItsEndFinishesTheJobInHandAndDropsTheOthers) {
    testing::run(context, destroy_the_pool());
    EXPECT_EQ(ended, 1);
    EXPECT_EQ(aborted, 1);
}

} // namespace
} // namespace tandem::async
