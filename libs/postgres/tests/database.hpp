#pragma once

#include "libs/postgres/pool.hpp"
#include "libs/testing/postgres_server.hpp"
#include "libs/testing/run.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace tandem::postgres::tests {

inline Deadline in(std::chrono::milliseconds time) {
    return std::chrono::steady_clock::now() + time;
}

/// How a call ended: "done", or which kind of error.
inline Task<std::string> outcome(Task<> task) {
    std::string result = "done";
    try {
        co_await std::move(task);
    } catch (const StatementError& error) {
        result = "statement " + error.sqlstate();
    } catch (const DeadlineExceeded&) {
        result = "deadline";
    } catch (const Unavailable&) {
        result = "unavailable";
    }
    co_return result;
}

/// Runs tasks beside each other and collects their outcomes.
class Crowd {
public:
    explicit Crowd(boost::asio::io_context& context) : context_(context) {}

    void add(Task<> task) {
        const std::size_t index = outcomes.size();
        outcomes.emplace_back("running");
        ++running_;
        boost::asio::co_spawn(context_.get_executor(),
                              outcome(std::move(task)),
                              [this, index](std::exception_ptr thrown, std::string result) {
                                  outcomes[index] = thrown ? "thrown" : std::move(result);
                                  --running_;
                              });
    }

    void join() {
        context_.restart();
        while (running_ > 0 && context_.run_one() > 0) {
        }
    }

    std::size_t count(const std::string& wanted) const {
        return static_cast<std::size_t>(std::ranges::count(outcomes, wanted));
    }

    std::vector<std::string> outcomes;

private:
    boost::asio::io_context& context_;
    std::size_t running_ = 0;
};

/// A new database and a pool on it.
class DatabaseTest : public ::testing::Test {
protected:
    void SetUp() override { connect({}); }

    void connect(PoolOptions options) {
        options.url = url;
        pool = std::make_unique<Pool>(context.get_executor(), options);
        pool->start();
        testing::run(context, pool->wait_ready(in(std::chrono::seconds(10))));
    }

    void TearDown() override {
        if (pool) {
            testing::run(context, pool->close(in(std::chrono::seconds(5))));
        }
    }

    Rows query(Query query, Params params = Params()) {
        return testing::run(context, pool->query(query, std::move(params)));
    }

    std::vector<Rows> execute(std::vector<Statement> statements) {
        return testing::run(context, pool->execute(std::move(statements)));
    }

    void execute(Query query, Params params = Params()) {
        execute(std::vector<Statement>{{query, std::move(params)}});
    }

    std::string outcome_of(Task<> task) { return testing::run(context, outcome(std::move(task))); }

    std::string url = testing::PostgresServer::shared().new_database();
    boost::asio::io_context context;
    std::unique_ptr<Pool> pool;
};

} // namespace tandem::postgres::tests
