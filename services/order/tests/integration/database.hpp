#pragma once

#include "libs/postgres/migrate.hpp"
#include "libs/postgres/pool.hpp"
#include "libs/testing/postgres_server.hpp"
#include "libs/testing/run.hpp"

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <functional>
#include <string>

namespace tandem::order {

const std::vector<postgres::Migration>& migrations();

/// A new, migrated database with a pool, closed in the end.
class Database {
public:
    Database() {
        postgres::migrate(url, migrations());
        pool.start();
        testing::run(loop, pool.wait_ready(soon()));
    }
    ~Database() { testing::run(loop, pool.close(soon())); }

    template <class T>
    T run(Task<T> task) {
        return testing::run(loop, std::move(task));
    }
    void run(Task<> task) { testing::run(loop, std::move(task)); }

    /// Turns the event loop until `condition` holds, or nothing is left to run.
    void run_until(const std::function<bool()>& condition) {
        loop.restart();
        while (!condition() && loop.run_one() > 0) {
        }
    }

    std::int64_t number(std::string_view sql) {
        const auto rows = run(pool.query({sql, sql}, postgres::Params()));
        return rows[0].integer(0);
    }
    /// `sql` must be a literal.
    void execute(std::string_view sql) {
        std::vector<postgres::Statement> unit{{{sql, sql}, postgres::Params()}};
        run(pool.execute(std::move(unit)));
    }

    static postgres::Deadline soon() { return std::chrono::steady_clock::now() + std::chrono::seconds(10); }

    const std::string url = testing::PostgresServer::shared().new_database();
    boost::asio::io_context loop;
    postgres::Pool pool{loop.get_executor(), {.url = url}};
};

} // namespace tandem::order
