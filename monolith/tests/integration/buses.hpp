#pragma once

#include "libs/async/sleep.hpp"
#include "libs/kernel/uuid.hpp"
#include "libs/postgres/pool.hpp"
#include "libs/testing/postgres_server.hpp"
#include "libs/testing/run.hpp"
#include "monolith/infrastructure/event_bus.hpp"
#include "monolith/migrate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace tandem::monolith {

using messaging::Delivery;
using messaging::Verdict;
using Verdicts = std::vector<Verdict>;

/// A process's bus with its own connections; `end` is its death.
class BusProcess {
public:
    BusProcess(boost::asio::io_context& loop, const std::string& url, std::vector<Subscription> subscriptions)
        : loop_(loop), pool_(loop.get_executor(), {.url = url, .search_path = "public"}),
          bus_(loop.get_executor(), pool_, std::move(subscriptions)), tasks_(loop.get_executor()) {
        pool_.start();
        bus_.start(tasks_);
    }
    ~BusProcess() { end(); }

    void wake() { bus_.wake(); }
    void end() {
        tasks_.cancel();
        testing::run(loop_, tasks_.join());
        testing::run(loop_, pool_.close(std::chrono::steady_clock::now()));
    }

private:
    boost::asio::io_context& loop_;
    postgres::Pool pool_;
    EventBus bus_;
    async::TaskGroup tasks_;
};

/// Remembers what it was handed, in order; `decide` may throw.
struct Listener {
    std::vector<Delivery> seen;
    std::function<Verdicts(const std::vector<Delivery>& batch)> decide = [](const auto& batch) {
        return Verdicts(batch.size(), Verdict::done);
    };

    messaging::BatchHandler handler() {
        return [this](std::vector<Delivery> batch) { return hear(std::move(batch)); };
    }
    std::vector<std::string> ids() const {
        std::vector<std::string> all;
        for (const Delivery& delivery : seen) {
            all.push_back(delivery.event_id);
        }
        return all;
    }

private:
    Task<Verdicts> hear(std::vector<Delivery> batch) {
        seen.insert(seen.end(), batch.begin(), batch.end());
        co_return decide(batch);
    }
};

/// A database with all tables, and any number of processes upon it.
class EventBusTest : public ::testing::Test {
protected:
    EventBusTest() {
        migrate_all(url);
        pool.start();
    }
    ~EventBusTest() override {
        processes.clear();
        testing::run(loop, pool.close(std::chrono::steady_clock::now()));
    }

    BusProcess& start(std::vector<Subscription> subscriptions) {
        processes.push_back(std::make_unique<BusProcess>(loop, url, std::move(subscriptions)));
        return *processes.back();
    }
    BusProcess& start(const std::string& queue, Listener& listener) {
        return start({{queue, {"user.user.registered"}, listener.handler()}});
    }

    /// Into one of the outboxes that look alike; gives the event's id. `insertion` must be a literal.
    std::string
    store_in(std::string_view insertion, const std::string& routing_key, const std::string& body) {
        const std::string id = uuid_v7();
        const std::string type = routing_key.substr(routing_key.find('.') + 1);
        execute(insertion, postgres::Params(id, routing_key, type, body));
        return id;
    }
    /// One of `count` events that "user.user.registered" names.
    std::vector<std::string> register_users(int count) {
        std::vector<std::string> ids;
        for (int i = 0; i < count; ++i) {
            ids.push_back(
                store_in("INSERT INTO users.outbox (event_id, routing_key, event_type, body, traceparent,"
                         " request_id) VALUES ($1::uuid, $2, $3, $4, 'trace', 'request')",
                         "user.user.registered",
                         "{}"));
        }
        return ids;
    }

    /// `sql` must be a literal.
    std::vector<postgres::Rows> execute(std::string_view sql, postgres::Params params = {}) {
        std::vector<postgres::Statement> unit{{{sql, sql}, std::move(params)}};
        return testing::run(loop, pool.execute(std::move(unit)));
    }
    std::int64_t number(std::string_view sql) {
        return testing::run(loop, pool.query({sql, sql}, postgres::Params()))[0].integer(0);
    }
    std::int64_t waiting() { return number("SELECT count(*) FROM deliveries"); }

    void until(const std::string& what, const std::function<bool()>& condition) {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        while (!condition()) {
            if (std::chrono::steady_clock::now() > deadline) {
                throw std::runtime_error("in vain waited for " + what);
            }
            testing::run(loop, async::sleep_for(std::chrono::milliseconds(5)));
        }
    }

    const std::string url = testing::PostgresServer::shared().new_database();
    boost::asio::io_context loop;
    postgres::Pool pool{loop.get_executor(), {.url = url}};
    std::vector<std::unique_ptr<BusProcess>> processes;
};

} // namespace tandem::monolith
