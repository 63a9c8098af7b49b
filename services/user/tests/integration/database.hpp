#pragma once

#include "libs/postgres/migrate.hpp"
#include "libs/postgres/pool.hpp"
#include "libs/testing/postgres_server.hpp"
#include "libs/testing/run.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace tandem::user {

const std::vector<postgres::Migration>& migrations();

/// A migrated database of its own for each test, and a pool to it.
class DatabaseTest : public ::testing::Test {
protected:
    DatabaseTest() {
        postgres::migrate(url, migrations());
        pool.start();
        run(pool.wait_ready(soon()));
    }
    void TearDown() override { run(pool.close(soon())); }

    static postgres::Deadline soon() { return std::chrono::steady_clock::now() + std::chrono::seconds(20); }
    template <class T>
    T run(Task<T> task) {
        return testing::run(context, std::move(task));
    }
    void run(Task<> task) { testing::run(context, std::move(task)); }
    std::int64_t count(std::string_view sql) {
        return run(pool.query({.name = sql, .sql = sql}, postgres::Params()))[0].integer(0);
    }

    std::string url = testing::PostgresServer::shared().new_database();
    boost::asio::io_context context;
    postgres::Pool pool{context.get_executor(),
                        {.url = url, .group_connections = 2, .transaction_connections = 1}};
};

} // namespace tandem::user
