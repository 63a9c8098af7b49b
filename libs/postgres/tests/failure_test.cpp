#include "libs/postgres/tests/database.hpp"

namespace tandem::postgres::tests {
namespace {

using namespace std::chrono_literals;

constexpr Query create_entries{"test.create", "CREATE TABLE entries (id bigint PRIMARY KEY)"};
constexpr Query insert_entry{"test.insert", "INSERT INTO entries VALUES ($1)"};
constexpr Query has_entry{"test.has", "SELECT count(*) FROM entries WHERE id = $1"};
constexpr Query slow{"test.slow", "SELECT pg_sleep(20)"};
constexpr Query one{"test.one", "SELECT 1"};

/// What a service goes through when its database goes away and comes back.
class FailureTest : public DatabaseTest {
protected:
    void SetUp() override {
        DatabaseTest::SetUp();
        execute(create_entries);
    }

    Task<> insert(std::int64_t id, Deadline deadline) {
        std::vector<Statement> statements;
        statements.push_back({insert_entry, Params(id)});
        co_await pool->execute(std::move(statements), deadline);
    }

    Task<> discard(Task<std::vector<Rows>> rows) { co_await std::move(rows); }

    Task<> read(Query query) { co_await pool->query(query, Params()); }

    void wait_ready() { testing::run(context, pool->wait_ready(in(20s))); }

    testing::PostgresServer& server = testing::PostgresServer::shared();
};

TEST_F(FailureTest, AKilledServerIsUnavailableAndLaterThereAgain) {
    Crowd crowd(context);
    crowd.add(read(slow));
    execute(one);
    server.kill();
    crowd.join();
    EXPECT_EQ(crowd.outcomes.front(), "unavailable");

    EXPECT_EQ(outcome_of(insert(1, Deadline::max())), "unavailable");
    EXPECT_FALSE(pool->ready());

    server.start();
    wait_ready();
    EXPECT_EQ(outcome_of(insert(1, Deadline::max())), "done");
}

TEST_F(FailureTest, WhatWasAnsweredSurvivesKills) {
    std::int64_t next = 1;
    std::vector<std::int64_t> answered;
    for (int round = 0; round < 3; ++round) {
        Crowd crowd(context);
        const std::int64_t first = next;
        for (; next < first + 300; ++next) {
            crowd.add(insert(next, in(10s)));
        }
        for (int turn = 0; turn < 40 * round; ++turn) {
            context.poll_one();
        }
        server.kill();
        crowd.join();
        for (std::size_t index = 0; index < crowd.outcomes.size(); ++index) {
            EXPECT_TRUE(crowd.outcomes[index] == "done" || crowd.outcomes[index] == "unavailable");
            if (crowd.outcomes[index] == "done") {
                answered.push_back(first + static_cast<std::int64_t>(index));
            }
        }
        server.start();
        wait_ready();
    }
    for (const std::int64_t id : answered) {
        EXPECT_EQ(query(has_entry, Params(id))[0].integer(0), 1) << id;
    }
}

TEST_F(FailureTest, AShortRestartIsHardlyNoticed) {
    server.restart();
    EXPECT_EQ(outcome_of(insert(1, Deadline::max())), "done");
    EXPECT_EQ(outcome_of(read(one)), "done");
}

TEST_F(FailureTest, ATransactionWhoseServerDiesIsUnavailableAndNewOnesWork) {
    const auto interrupted = [](Pool* shared, testing::PostgresServer* dying) -> Task<> {
        Transaction transaction = co_await shared->begin(in(5s));
        co_await transaction.query(insert_entry, Params(7));
        dying->kill();
        co_await transaction.commit();
    };
    EXPECT_EQ(outcome_of(interrupted(pool.get(), &server)), "unavailable");
    server.start();
    wait_ready();
    EXPECT_EQ(query(has_entry, Params(7))[0].integer(0), 0);
    const auto retried = [](Pool* shared) -> Task<> {
        Transaction transaction = co_await shared->begin(in(5s));
        co_await transaction.query(insert_entry, Params(7));
        co_await transaction.commit();
    };
    EXPECT_EQ(outcome_of(retried(pool.get())), "done");
}

TEST_F(FailureTest, AnAdministratorMayEndASession) {
    Crowd crowd(context);
    crowd.add(read(slow));
    // What is still being prepared is sent again, on the next connection.
    const Query sleepers{"test.sleepers",
                         "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"};
    const Deadline patience = in(20s);
    while (execute(std::vector<Statement>{{sleepers, Params()}})[0][0].integer(0) == 0) {
        ASSERT_LT(std::chrono::steady_clock::now(), patience);
    }
    execute(Query{"test.end",
                  "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                  " WHERE datname = current_database() AND pid <> pg_backend_pid()"});
    crowd.join();
    EXPECT_EQ(crowd.outcomes.front(), "unavailable");
    EXPECT_EQ(outcome_of(read(one)), "done");
}

TEST_F(FailureTest, StartsWithoutItsServerAndBecomesReady) {
    testing::run(context, pool->close(in(5s)));
    server.kill();
    PoolOptions options;
    options.url = url;
    pool = std::make_unique<Pool>(context.get_executor(), options);
    pool->start();
    EXPECT_EQ(outcome_of(pool->wait_ready(in(100ms))), "deadline");
    server.start();
    wait_ready();
    EXPECT_EQ(outcome_of(read(one)), "done");
}

TEST_F(FailureTest, AServerThatHangsIsUnavailableAndThenThereAgain) {
    testing::run(context, pool->close(in(5s)));
    PoolOptions options;
    options.statement_timeout = 100ms; // and 2 s of patience with the server's own clock
    connect(options);
    server.pause();
    Crowd crowd(context);
    crowd.add(insert(1, in(200ms)));
    crowd.add(read(one));
    crowd.join();
    EXPECT_EQ(crowd.outcomes, (std::vector<std::string>{"deadline", "unavailable"}));
    server.resume();
    wait_ready();
    EXPECT_EQ(outcome_of(insert(2, Deadline::max())), "done");
}

TEST_F(FailureTest, ACommitThatIsNotAnsweredIsNotCalledLateForItMayHaveHappened) {
    testing::run(context, pool->close(in(5s)));
    PoolOptions options;
    options.statement_timeout = 100ms; // and 1 s of patience with the server's own clock
    connect(options);
    const auto left_open = [](Pool* shared, testing::PostgresServer* hanging) -> Task<> {
        Transaction transaction = co_await shared->begin(in(5s));
        co_await transaction.query(insert_entry, Params(1));
        hanging->pause();
        co_await transaction.commit();
    };
    EXPECT_EQ(outcome_of(left_open(pool.get(), &server)), "unavailable");
    server.resume();
}

TEST_F(FailureTest, AServerThatBecameAStandbyIsLeft) {
    execute(Query{"test.demote", "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"});
    EXPECT_EQ(outcome_of(insert(1, Deadline::max())), "unavailable");
    EXPECT_EQ(outcome_of(insert(1, Deadline::max())), "done");
}

TEST_F(FailureTest, AFullDiskIsUnavailableAndTheConnectionStays) {
    constexpr Query full{"test.full",
                         "DO $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = 'disk_full'; END $$"};
    std::vector<Statement> statements;
    statements.push_back({full, Params()});
    EXPECT_EQ(outcome_of(discard(pool->execute(std::move(statements)))), "unavailable");
    EXPECT_TRUE(pool->ready());
    EXPECT_EQ(outcome_of(insert(1, Deadline::max())), "done");
}

TEST_F(FailureTest, AWrongPasswordIsUnavailable) {
    testing::run(context, pool->close(in(5s)));
    PoolOptions options;
    options.url = url;
    options.url.replace(options.url.find("tandem-test"), 11, "other");
    pool = std::make_unique<Pool>(context.get_executor(), options);
    pool->start();
    EXPECT_EQ(outcome_of(read(one)), "unavailable");
}

} // namespace
} // namespace tandem::postgres::tests
