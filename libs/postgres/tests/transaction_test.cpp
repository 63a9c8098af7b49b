#include "libs/postgres/tests/database.hpp"

namespace tandem::postgres::tests {
namespace {

using namespace std::chrono_literals;

constexpr Query create_accounts{
    "test.create",
    "CREATE TABLE accounts (id bigint PRIMARY KEY, balance bigint NOT NULL CHECK (balance >= 0))"};
constexpr Query insert_account{"test.insert", "INSERT INTO accounts VALUES ($1, $2)"};
constexpr Query lock_account{"test.lock", "SELECT balance FROM accounts WHERE id = $1 FOR UPDATE"};
constexpr Query change_balance{"test.change", "UPDATE accounts SET balance = balance + $2 WHERE id = $1"};
constexpr Query read_balance{"test.balance", "SELECT balance FROM accounts WHERE id = $1"};

class TransactionTest : public DatabaseTest {
protected:
    void SetUp() override {
        DatabaseTest::SetUp();
        execute(create_accounts);
        execute(insert_account, Params(1, 100));
    }

    Task<> add(std::int64_t amount, bool commit) {
        Transaction transaction = co_await pool->begin(in(5s));
        const Rows balance = co_await transaction.query(lock_account, Params(1));
        std::vector<Statement> change;
        change.push_back({change_balance, Params(1, amount)});
        co_await transaction.execute(std::move(change));
        if (commit) {
            co_await transaction.commit();
        }
    }

    std::int64_t balance() { return query(read_balance, Params(1))[0].integer(0); }
};

TEST_F(TransactionTest, KeepsWhatIsCommitted) {
    EXPECT_EQ(outcome_of(add(5, true)), "done");
    EXPECT_EQ(balance(), 105);
}

TEST_F(TransactionTest, ForgetsWhatIsNotCommitted) {
    EXPECT_EQ(outcome_of(add(5, false)), "done");
    EXPECT_EQ(outcome_of(add(7, true)), "done"); // would wait forever if the lock were still held
    EXPECT_EQ(balance(), 107);
}

TEST_F(TransactionTest, AnErrorRollsBackAndTheConnectionIsUsedAgain) {
    PoolOptions options;
    options.transaction_connections = 1;
    testing::run(context, pool->close(in(5s)));
    connect(options);
    for (int round = 0; round < 5; ++round) {
        EXPECT_EQ(outcome_of(add(-500, true)), "statement 23514");
    }
    EXPECT_EQ(outcome_of(add(1, true)), "done");
    EXPECT_EQ(balance(), 101);
}

TEST_F(TransactionTest, CommitAfterAnErrorThrows) {
    const auto commit_anyway = [](Pool* shared) -> Task<> {
        Transaction transaction = co_await shared->begin(in(5s));
        const std::string error = co_await outcome([](Transaction* open) -> Task<> {
            co_await open->query(insert_account, Params(1, 1));
        }(&transaction));
        EXPECT_EQ(error, "statement 23505");
        co_await transaction.commit();
    };
    EXPECT_EQ(outcome_of(commit_anyway(pool.get())), "statement 25P02");
    EXPECT_EQ(outcome_of(add(1, true)), "done");
}

TEST_F(TransactionTest, MoreTasksThanConnectionsTakeTurns) {
    PoolOptions options;
    options.transaction_connections = 3;
    testing::run(context, pool->close(in(5s)));
    connect(options);
    Crowd crowd(context);
    for (int task = 0; task < 40; ++task) {
        crowd.add(add(1, task % 4 != 0));
    }
    crowd.join();
    EXPECT_EQ(crowd.count("done"), 40U);
    EXPECT_EQ(balance(), 130);
}

TEST_F(TransactionTest, BeginGivesUpAtItsDeadline) {
    PoolOptions options;
    options.transaction_connections = 1;
    testing::run(context, pool->close(in(5s)));
    connect(options);
    const Transaction held = testing::run(context, pool->begin(in(5s)));
    const auto begin = [](Pool* shared) -> Task<> {
        const Transaction second = co_await shared->begin(in(50ms));
    };
    EXPECT_EQ(outcome_of(begin(pool.get())), "deadline");
}

TEST_F(TransactionTest, TheServerTakesItsLocksFromOneThatSendsNothing) {
    PoolOptions options;
    options.idle_transaction_timeout = 100ms;
    testing::run(context, pool->close(in(5s)));
    connect(options);
    auto forgotten = std::make_unique<Transaction>(testing::run(context, pool->begin(in(5s))));
    testing::run(context, forgotten->query(lock_account, Params(1)));

    EXPECT_EQ(outcome_of(add(5, true)), "done"); // has waited for the lock
    EXPECT_EQ(outcome_of(forgotten->commit()), "unavailable");
    forgotten.reset();
    EXPECT_EQ(outcome_of(add(2, true)), "done");
    EXPECT_EQ(balance(), 107);
}

TEST_F(TransactionTest, CancelledInTheMiddleItIsRolledBack) {
    const auto endless = [](Pool* shared) -> Task<> {
        Transaction transaction = co_await shared->begin(in(5s));
        co_await transaction.query(lock_account, Params(1));
        co_await transaction.query(Query{"test.sleep", "SELECT pg_sleep(0.2)"}, Params());
        co_await transaction.commit();
    };
    boost::asio::cancellation_signal cancel;
    bool ended = false;
    boost::asio::co_spawn(
        context.get_executor(),
        endless(pool.get()),
        boost::asio::bind_cancellation_slot(cancel.slot(), [&](std::exception_ptr) { ended = true; }));
    testing::run(context, [](Pool* shared) -> Task<> {
        co_await shared->query(Query{"test.turn", "SELECT pg_sleep(0.05)"}, Params());
    }(pool.get()));
    cancel.emit(boost::asio::cancellation_type::terminal);
    EXPECT_EQ(outcome_of(add(1, true)), "done");
    EXPECT_TRUE(ended);
}

} // namespace
} // namespace tandem::postgres::tests
