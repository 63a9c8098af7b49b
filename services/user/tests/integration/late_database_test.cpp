#include "libs/async/sleep.hpp"
#include "libs/runtime/migrated_database.hpp"
#include "libs/testing/postgres_server.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <thread>

namespace tandem::user {

const std::vector<postgres::Migration>& migrations();

namespace {

using testing::PostgresServer;

runtime::ServiceOptions quiet_options() {
    runtime::ServiceOptions options;
    options.name = "late-database-test";
    options.log_level = "error";
    return options;
}

/// Runs once the loop turns, when the service takes signals.
Task<> terminate() {
    co_await async::sleep_for(std::chrono::nanoseconds(0));
    std::raise(SIGTERM);
}

TEST(LateDatabaseTest, AServiceThatStartsBeforeItsDatabaseMigratesAndSeedsWhenItComes) {
    PostgresServer& server = PostgresServer::shared();
    runtime::Service service(quiet_options());
    runtime::MigratedDatabase database(service, {.url = server.new_database()}, migrations());
    server.kill();

    bool ready_before = false;
    int seeds = 0;
    database.start_when_migrated("seed that fails once", [&] {
        ready_before = ready_before || database.ready();
        if (++seeds == 1) {
            throw std::runtime_error("the first time");
        }
    });
    database.start_when_migrated("end of the test", [] { std::raise(SIGTERM); });
    database.start();
    // The server is started by this thread: it dies with the one that started it.
    int exit_code = -1;
    std::jthread process([&] { exit_code = service.run(); });
    server.start();
    process.join();

    EXPECT_EQ(exit_code, 0);
    EXPECT_FALSE(ready_before);
    EXPECT_EQ(seeds, 2);
}

TEST(LateDatabaseTest, AServiceWhoseDatabaseNeverComesStillStopsInTime) {
    runtime::Service service(quiet_options());
    runtime::MigratedDatabase database(service, {.url = "postgresql://a:b@127.0.0.1:1/none"}, migrations());
    database.start_when_migrated("never", [] { ADD_FAILURE() << "ran without a database"; });
    database.start();
    service.tasks().spawn("end of the test", terminate());
    EXPECT_EQ(service.run(), 0);
    EXPECT_FALSE(database.ready());
}

} // namespace
} // namespace tandem::user
