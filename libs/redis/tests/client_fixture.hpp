#pragma once

#include "libs/async/sleep.hpp"
#include "libs/redis/client.hpp"
#include "libs/testing/redis_server.hpp"
#include "libs/testing/run.hpp"

#include <gtest/gtest.h>

#include <csignal>

namespace tandem::redis {

using namespace std::chrono_literals;
using tandem::testing::run;

/// A client and a server of its own.
class ClientTest : public ::testing::Test {
protected:
    ClientTest() { std::signal(SIGPIPE, SIG_IGN); }

    ~ClientTest() override {
        run(io, stop_tasks());
        client.reset();
    }

    Task<> stop_tasks() {
        tasks.cancel();
        co_await tasks.join();
    }

    void connect(const std::string& url, ClientOptions options = {}) {
        options.address = Address::parse(url).value();
        client.emplace(io.get_executor(), std::move(options));
        client->start(tasks);
    }
    void connect_and_wait(ClientOptions options = {}) {
        connect(server.url(), std::move(options));
        ASSERT_TRUE(until([&] { return client->ready(); }));
    }

    Task<Reply> command(std::vector<std::string> words, std::chrono::milliseconds time = 5s) {
        return client->command(std::move(words), Clock::now() + time);
    }
    Reply ask(std::vector<std::string> words) { return run(io, command(std::move(words))); }

    /// Turns the event loop until `condition` holds; false when it does not in time.
    bool until(const std::function<bool()>& condition, std::chrono::milliseconds time = 10s) {
        return run(io, wait_until(condition, Clock::now() + time));
    }
    /// Spawned tasks begin.
    void turn() {
        until([] { return true; });
    }
    static Task<bool> wait_until(std::function<bool()> condition, Deadline limit) {
        while (!condition() && Clock::now() < limit) {
            co_await async::sleep_for(1ms);
        }
        co_return condition();
    }

    using Clock = std::chrono::steady_clock;
    static ClientOptions watchful() { return {.heartbeat = 50ms, .answer_time = 100ms}; }
    static ClientOptions patient() { return {.heartbeat = 1min, .answer_time = 1min}; }

    boost::asio::io_context io;
    async::TaskGroup tasks{io.get_executor()};
    tandem::testing::RedisServer server;
    std::optional<Client> client;
};

/// What became of a command that runs beside the test.
struct Outcome {
    std::optional<Reply> reply;
    std::string failure; ///< "unavailable: ...", "late: ...", "refused: ..."
    bool ended() const { return reply.has_value() || !failure.empty(); }
};

inline Task<> watch(Task<Reply> command, Outcome& outcome) {
    try {
        outcome.reply = co_await std::move(command);
    } catch (const Refused& refused) {
        outcome.failure = std::string("refused: ") + refused.what();
    } catch (const DeadlineExceeded& late) {
        outcome.failure = std::string("late: ") + late.what();
    } catch (const Unavailable& gone) {
        outcome.failure = std::string("unavailable: ") + gone.what();
    }
}

} // namespace tandem::redis
