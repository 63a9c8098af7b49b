#include "libs/postgres/tests/database.hpp"

#include <libpq-fe.h>

namespace tandem::postgres::tests {
namespace {

using namespace std::chrono_literals;

constexpr Query create_items{"test.create",
                             "CREATE TABLE items (id bigint CONSTRAINT items_key PRIMARY KEY,"
                             " amount bigint NOT NULL CONSTRAINT amount_positive CHECK (amount > 0))"};
constexpr Query insert_item{"test.insert", "INSERT INTO items (id, amount) VALUES ($1, $2)"};
constexpr Query count_items{"test.count", "SELECT count(*), coalesce(sum(amount), 0)::bigint FROM items"};
constexpr Query slow{"test.slow", "SELECT pg_sleep($1)"};
constexpr Query commits{"test.commits", "SELECT pg_current_xact_id()::text::bigint"};

class PoolTest : public DatabaseTest {
protected:
    void SetUp() override {
        DatabaseTest::SetUp();
        execute(create_items);
    }

    Task<> insert(std::int64_t id, std::int64_t amount, Deadline deadline = Deadline::max()) {
        std::vector<Statement> statements;
        statements.push_back({insert_item, Params(id, amount)});
        co_await pool->execute(std::move(statements), deadline);
    }

    Task<> slowly_insert(std::int64_t id, double seconds, BeginBy begin, std::int64_t amount = 1) {
        std::vector<Statement> statements;
        statements.push_back({slow, Params(seconds)});
        statements.push_back({insert_item, Params(id, amount)});
        co_await pool->execute(std::move(statements), begin);
    }

    Task<> read(Query query, Params params, Deadline deadline = Deadline::max()) {
        co_await pool->query(query, std::move(params), deadline);
    }

    std::int64_t count() { return query(count_items)[0].integer(0); }

    // Each call takes the next transaction number, so a difference counts writing transactions.
    std::int64_t transaction_number() {
        std::vector<Statement> statements;
        statements.push_back({commits, Params()});
        return execute(std::move(statements)).front()[0].integer(0);
    }
};

TEST_F(PoolTest, StatementsOfAUnitHappenTogether) {
    std::vector<Statement> statements;
    statements.push_back({insert_item, Params(1, 10)});
    statements.push_back({insert_item, Params(2, 20)});
    statements.push_back({count_items, Params()});
    const auto results = execute(std::move(statements));

    ASSERT_EQ(results.size(), 3U);
    EXPECT_EQ(results[0].affected(), 1);
    EXPECT_EQ(results[2][0].integer(0), 2);
    EXPECT_EQ(results[2][0].integer(1), 30);
}

TEST_F(PoolTest, AFailingStatementUndoesItsWholeUnit) {
    std::vector<Statement> statements;
    statements.push_back({insert_item, Params(1, 10)});
    statements.push_back({insert_item, Params(2, -1)});
    EXPECT_THROW(execute(std::move(statements)), StatementError);
    EXPECT_EQ(count(), 0);
}

TEST_F(PoolTest, ManyUnitsShareAFewCommits) {
    const std::int64_t before = transaction_number();
    Crowd crowd(context);
    for (std::int64_t id = 1; id <= 500; ++id) {
        crowd.add(insert(id, 1));
    }
    crowd.join();

    EXPECT_EQ(crowd.count("done"), 500U);
    EXPECT_EQ(count(), 500);
    EXPECT_LT(transaction_number() - before, 20);
}

TEST_F(PoolTest, AnErrorStaysInItsUnit) {
    Crowd crowd(context);
    for (std::int64_t id = 1; id <= 100; ++id) {
        crowd.add(insert(id, id % 10 == 0 ? -1 : 1));
    }
    crowd.join();

    EXPECT_EQ(crowd.count("done"), 90U);
    EXPECT_EQ(crowd.count("statement 23514"), 10U);
    EXPECT_EQ(count(), 90);
}

TEST_F(PoolTest, OneErrorCostsItsGroupOneMoreCommitAndNotOneForEachUnit) {
    const std::int64_t before = transaction_number();
    Crowd crowd(context);
    for (std::int64_t id = 1; id <= 100; ++id) {
        crowd.add(insert(id, id == 50 ? -1 : 1));
    }
    crowd.join();
    EXPECT_EQ(crowd.count("done"), 99U);
    EXPECT_LT(transaction_number() - before, 8);
}

TEST_F(PoolTest, AUnitIsNotRefusedForTheSakeOfOneThatWasRolledBack) {
    std::vector<Statement> statements;
    statements.push_back({insert_item, Params(1, 10)});
    statements.push_back({insert_item, Params(2, -1)});
    Crowd crowd(context);
    crowd.add([](Pool* shared, std::vector<Statement> unit) -> Task<> {
        co_await shared->execute(std::move(unit));
    }(pool.get(), std::move(statements)));
    crowd.add(insert(1, 20));
    crowd.join();

    EXPECT_NE(crowd.outcomes[0], "done");
    EXPECT_EQ(crowd.outcomes[1], "done");
    EXPECT_EQ(query(count_items)[0].integer(1), 20);
}

TEST_F(PoolTest, ABrokenConstraintIsNamed) {
    execute(insert_item, Params(1, 10));
    try {
        execute(insert_item, Params(1, 10));
        FAIL() << "a duplicate was taken";
    } catch (const StatementError& error) {
        EXPECT_TRUE(error.unique_violation());
        EXPECT_EQ(error.constraint(), "items_key");
    }
    try {
        execute(insert_item, Params(2, 0));
        FAIL() << "an amount of 0 was taken";
    } catch (const StatementError& error) {
        EXPECT_TRUE(error.check_violation());
        EXPECT_EQ(error.constraint(), "amount_positive");
    }
}

TEST_F(PoolTest, AConstraintCheckedAtCommitFailsItsUnitOnly) {
    execute(Query{"test.defer",
                  "ALTER TABLE items ADD COLUMN twin bigint REFERENCES items DEFERRABLE INITIALLY DEFERRED"});
    static constexpr Query with_twin{"test.twin", "INSERT INTO items (id, amount, twin) VALUES ($1, 1, $2)"};
    const auto insert_twin = [&](std::int64_t id, std::int64_t twin) {
        std::vector<Statement> statements;
        statements.push_back({with_twin, Params(id, twin)});
        return [](Pool* shared, std::vector<Statement> unit) -> Task<> {
            co_await shared->execute(std::move(unit));
        }(pool.get(), std::move(statements));
    };
    Crowd crowd(context);
    crowd.add(insert_twin(1, 1));
    crowd.add(insert_twin(2, 77));
    crowd.add(insert_twin(3, 3));
    crowd.join();

    EXPECT_EQ(crowd.outcomes, (std::vector<std::string>{"done", "statement 23503", "done"}));
    EXPECT_EQ(count(), 2);
}

TEST_F(PoolTest, AStatementThatCannotBePreparedHarmsOnlyItself) {
    static constexpr Query nonsense{"test.nonsense", "SELEKT 1"};
    Crowd crowd(context);
    crowd.add(insert(1, 1));
    crowd.add([](Pool* shared, Query wrong) -> Task<> {
        std::vector<Statement> unit;
        unit.push_back({wrong, Params()});
        co_await shared->execute(std::move(unit));
    }(pool.get(), nonsense));
    crowd.add(insert(2, 1));
    crowd.add(read(nonsense, Params()));
    crowd.join();
    EXPECT_EQ(crowd.outcomes,
              (std::vector<std::string>{"done", "statement 42601", "done", "statement 42601"}));
}

TEST_F(PoolTest, AStatementIsPreparedOnceItsTableExists) {
    static constexpr Query late{"test.late", "SELECT count(*) FROM late_table"};
    EXPECT_EQ(outcome_of(read(late, Params())), "statement 42P01");
    execute(Query{"test.create_late", "CREATE TABLE late_table (id bigint)"});
    EXPECT_EQ(outcome_of(read(late, Params())), "done");
}

TEST_F(PoolTest, AWrongNumberOfParametersIsAnErrorOfTheStatement) {
    EXPECT_EQ(outcome_of(read(slow, Params(0.0, 1))), "statement 08P01");
    EXPECT_EQ(outcome_of(read(slow, Params(0.0))), "done");
}

TEST_F(PoolTest, AQueryMustNotWrite) {
    EXPECT_EQ(outcome_of(read(insert_item, Params(1, 1))), "statement 25006");
    EXPECT_EQ(count(), 0);
}

TEST_F(PoolTest, ReadsDoNotWaitForASlowWrite) {
    std::vector<std::string> order;
    Crowd crowd(context);
    const auto note = [](Task<> task, std::vector<std::string>* log, std::string name) -> Task<> {
        co_await std::move(task);
        log->push_back(std::move(name));
    };
    crowd.add(note(
        [](Pool* shared) -> Task<> {
            std::vector<Statement> unit;
            unit.push_back({slow, Params(0.3)});
            co_await shared->execute(std::move(unit));
        }(pool.get()),
        &order,
        "write"));
    crowd.add(note(read(count_items, Params()), &order, "read"));
    crowd.join();
    EXPECT_EQ(order, (std::vector<std::string>{"read", "write"}));
}

TEST_F(PoolTest, RefusesAtOnceWhenTooManyWait) {
    PoolOptions options;
    options.waiting_max = 10;
    testing::run(context, pool->close(in(5s)));
    connect(options);
    Crowd crowd(context);
    for (std::int64_t id = 1; id <= 30; ++id) {
        crowd.add(insert(id, 1));
    }
    crowd.join();
    EXPECT_EQ(crowd.count("done"), 10U);
    EXPECT_EQ(crowd.count("unavailable"), 20U);
    EXPECT_EQ(count(), 10);
}

TEST_F(PoolTest, ADeadlineEndsTheCallAndNotTheOthers) {
    Crowd crowd(context);
    crowd.add(read(slow, Params(0.5), in(50ms)));
    crowd.add(read(Query{"test.one", "SELECT 1"}, Params()));
    crowd.join();
    EXPECT_EQ(crowd.outcomes, (std::vector<std::string>{"deadline", "done"}));
    EXPECT_EQ(query(Query{"test.two", "SELECT 2"})[0].integer(0), 2);
}

TEST_F(PoolTest, AUnitPastItsDeadlineIsNotSent) {
    Crowd crowd(context);
    crowd.add(insert(1, 1, in(-1ms)));
    crowd.join();
    EXPECT_EQ(crowd.outcomes.front(), "deadline");
    EXPECT_EQ(count(), 0);
}

TEST_F(PoolTest, AWriteThatBeganInTimeIsAnsweredAndOneBehindItThatCouldNotIsNot) {
    ASSERT_EQ(outcome_of(slowly_insert(1, 0.0, BeginBy{Deadline::max()})), "done"); // prepares
    Crowd crowd(context);
    crowd.add(slowly_insert(2, 0.8, BeginBy{in(500ms)}));
    context.poll(); // it is sent, so that the next one forms a group of its own
    crowd.add(slowly_insert(3, 0.0, BeginBy{in(500ms)}));
    crowd.join();
    EXPECT_EQ(crowd.outcomes, (std::vector<std::string>{"done", "deadline"}));
    EXPECT_EQ(count(), 2);
}

TEST_F(PoolTest, AWriteThatWasRolledBackWithItsGroupDoesNotBeginAgainTooLate) {
    Crowd crowd(context);
    crowd.add(slowly_insert(1, 0.3, BeginBy{Deadline::max()}, -1));
    crowd.add(slowly_insert(2, 0.0, BeginBy{in(100ms)}));
    crowd.join();
    EXPECT_EQ(crowd.outcomes, (std::vector<std::string>{"statement 23514", "deadline"}));
    EXPECT_EQ(count(), 0);
}

TEST_F(PoolTest, TheServerEndsAStatementThatTakesTooLong) {
    PoolOptions options;
    options.statement_timeout = 100ms;
    testing::run(context, pool->close(in(5s)));
    connect(options);
    EXPECT_EQ(outcome_of(read(slow, Params(5.0))), "deadline");
    EXPECT_THROW(testing::run(context, read(slow, Params(5.0))), StatementTimeout);
    EXPECT_EQ(outcome_of(read(slow, Params(0.0))), "done");
}

TEST_F(PoolTest, ACancelledCallEndsAndTheConnectionGoesOn) {
    boost::asio::cancellation_signal cancel;
    std::string ended;
    boost::asio::co_spawn(context.get_executor(),
                          read(slow, Params(0.3)),
                          boost::asio::bind_cancellation_slot(cancel.slot(), [&](std::exception_ptr thrown) {
                              ended = thrown ? "cancelled" : "done";
                          }));
    execute(Query{"test.turn", "SELECT 1"}); // on the other connection, so that the read is under way
    cancel.emit(boost::asio::cancellation_type::terminal);
    EXPECT_EQ(query(Query{"test.three", "SELECT 3"})[0].integer(0), 3);
    EXPECT_EQ(ended, "cancelled");
}

TEST_F(PoolTest, ResultsReachTheirOwnCallersUnderMixedLoad) {
    static constexpr Query echo{"test.echo", "SELECT $1::bigint, pg_sleep(($1::bigint % 7) * 0.0001)"};
    Crowd crowd(context);
    for (std::int64_t number = 0; number < 400; ++number) {
        crowd.add([](Pool* shared, std::int64_t value) -> Task<> {
            const Deadline deadline = value % 13 == 0 ? in(3ms) : Deadline::max();
            const Rows rows = co_await shared->query(echo, Params(value), deadline);
            if (rows[0].integer(0) != value) {
                throw std::logic_error("somebody else's rows");
            }
        }(pool.get(), number));
        crowd.add(insert(number, number % 31 == 0 ? -1 : 1));
    }
    crowd.join();
    EXPECT_EQ(crowd.count("thrown"), 0U);
    EXPECT_EQ(crowd.count("done") + crowd.count("deadline") + crowd.count("statement 23514"), 800U);
}

TEST_F(PoolTest, AClosedPoolRefuses) {
    testing::run(context, pool->close(in(1s)));
    EXPECT_EQ(outcome_of(read(count_items, Params())), "unavailable");
    EXPECT_FALSE(pool->ready());
}

TEST_F(PoolTest, CloseWaitsForWhatIsInFlight) {
    Crowd crowd(context);
    for (std::int64_t id = 1; id <= 50; ++id) {
        crowd.add(insert(id, 1));
    }
    crowd.add([](Pool* shared) -> Task<> { co_await shared->close(in(5s)); }(pool.get()));
    crowd.join();
    EXPECT_EQ(crowd.count("done"), 51U);
}

} // namespace
} // namespace tandem::postgres::tests
