#pragma once

#include "libs/kernel/task.hpp"
#include "libs/kernel/unavailable.hpp"
#include "libs/postgres/params.hpp"
#include "libs/postgres/rows.hpp"

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace tandem::postgres {

/// A named statement with $1... placeholders, prepared once per connection. Make it a
/// namespace-scope constant: both views must live as long as the program.
///
///     constexpr postgres::Query find_order{"order.find", "SELECT id, status FROM orders WHERE id =
///     $1"};
struct Query {
    std::string_view name; ///< for metrics, logs and errors
    std::string_view sql;
};

/// One statement with its values.
struct Statement {
    Query query;
    Params params;
};

/// The server refused a statement: a broken constraint, a syntax error, a serialization failure.
class StatementError : public std::runtime_error {
public:
    StatementError(std::string message, std::string sqlstate, std::string constraint)
        : std::runtime_error(std::move(message)), sqlstate_(std::move(sqlstate)),
          constraint_(std::move(constraint)) {}

    /// PostgreSQL error code, appendix A: "23505" is unique_violation, "40P01" a deadlock.
    const std::string& sqlstate() const { return sqlstate_; }
    const std::string& constraint() const { return constraint_; }
    bool unique_violation() const { return sqlstate_ == "23505"; }
    bool check_violation() const { return sqlstate_ == "23514"; }

private:
    std::string sqlstate_;
    std::string constraint_;
};

/// The server ended a statement that ran into its statement_timeout: nothing was stored. The server
/// lives, so that this says more about the statement than about the server.
class StatementTimeout : public DeadlineExceeded {
public:
    using DeadlineExceeded::DeadlineExceeded;
};

using Deadline = std::chrono::steady_clock::time_point;

/// Until when a write may begin. Not sent by then, it never is: DeadlineExceeded, and nothing was
/// stored. Once sent it is waited for to its end, which the statement_timeout bounds, for whoever gave
/// up in between could not tell a failure from a success whose answer was late.
struct BeginBy {
    Deadline moment;
};

struct PoolState;
struct Loan;
struct Unit;

struct PoolOptions {
    std::string url; ///< postgresql://user:password@host:port/database
    /// Schemas in which names without one are looked up, comma-separated; empty: the server's default.
    std::string search_path = {};
    /// Shared by query() and execute(), many units in flight on each: one writes, the others (at
    /// least one) read.
    int group_connections = 2;
    int transaction_connections = 8;                     ///< lent to one Transaction at a time
    std::size_t waiting_max = 1024;                      ///< units or tasks that wait; beyond it Unavailable
    std::chrono::milliseconds statement_timeout{10'000}; ///< also set on the server
    /// The server ends a Transaction that sends nothing for so long, lest its locks stop all others.
    std::chrono::milliseconds idle_transaction_timeout{15'000};
};

/// An interactive transaction on a connection of its own, READ COMMITTED: for work where a later
/// statement depends on what an earlier one returned. One round trip a call; `execute` with several
/// statements is still one round trip. Destroyed without `commit`, it is rolled back. Each call is
/// bounded by the pool's statement_timeout, not by the deadline given to `begin`.
class Transaction {
public:
    Transaction(Transaction&&) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

    Task<Rows> query(Query query, Params params);
    Task<std::vector<Rows>> execute(std::vector<Statement> statements);
    /// Throws when the commit was not confirmed: then it may have happened or not, so what it throws
    /// is never DeadlineExceeded.
    Task<> commit();

private:
    friend class Pool;
    explicit Transaction(std::unique_ptr<Loan> loan);
    std::unique_ptr<Loan> loan_;
};

/// Connections to one PostgreSQL, in libpq's pipeline mode on the Asio reactor.
///
/// `query` and `execute` share connections. Units that arrive while one commit is under way form
/// the next group, and a group has one sync point: one implicit transaction, one fsync. If a unit
/// of a group fails, the server rolls the group back and its units are sent again, the one that met
/// the error on its own, so a unit never sees another's error. (PostgreSQL 15, libpq, section 34.5
/// "Pipeline Mode".) Units of a group share their locks and `now()`: no SAVEPOINT, LOCK TABLE or
/// SET LOCAL in them.
///
/// All calls throw Unavailable when the server cannot be reached or the connection breaks,
/// DeadlineExceeded past the deadline, StatementTimeout past the server's statement_timeout,
/// StatementError when the server refuses. A broken connection reconnects by itself with backoff (50 ms to 2
/// s); what was not sent waits for it up to a second. A unit that was sent when its connection broke is not
/// repeated: the caller cannot know whether it was committed, and decides.
///
/// Metrics: tandem_postgres_statement_duration_seconds{query}, tandem_postgres_waiting,
/// tandem_postgres_connections{state}. Use on the event loop's thread only; outlives its calls.
class Pool {
public:
    Pool(Executor executor, PoolOptions options);
    ~Pool();

    /// Connects in the background and keeps trying; returns at once.
    void start();
    /// True while a writing and a reading connection are up.
    bool ready() const;
    /// Resumes when ready; DeadlineExceeded otherwise.
    Task<> wait_ready(Deadline deadline);

    /// One reading statement; completes when its rows are there. The server refuses it (25006) if it
    /// writes, locks rows or draws from a sequence.
    Task<Rows> query(Query query, Params params, Deadline deadline = Deadline::max());
    /// Statements that happen all or not at all; completes when they are committed.
    Task<std::vector<Rows>> execute(std::vector<Statement> statements, Deadline deadline = Deadline::max());
    /// The same, but DeadlineExceeded means for certain that nothing happened.
    Task<std::vector<Rows>> execute(std::vector<Statement> statements, BeginBy begin);
    /// Waits for a free transaction connection and sends BEGIN.
    Task<Transaction> begin(Deadline deadline = Deadline::max());

    /// Closes the connections once their work is done, or at the deadline. Await before
    /// destruction.
    Task<> close(Deadline deadline);

private:
    Task<std::vector<Rows>> run(std::shared_ptr<Unit> unit);

    std::shared_ptr<PoolState> state_;
};

} // namespace tandem::postgres
