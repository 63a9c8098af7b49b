#pragma once

#include "libs/postgres/connection.hpp"
#include "libs/telemetry/metrics.hpp"

#include <boost/asio/basic_waitable_timer.hpp>

#include <deque>
#include <unordered_map>

namespace tandem::postgres {

using Timer = boost::asio::basic_waitable_timer<Clock, boost::asio::wait_traits<Clock>, Executor>;

/// A task that waits for a transaction connection.
struct Borrower : Unit {
    std::unique_ptr<Loan> lent{};
};

/// Queues in front of the connections, and who gets which. One connection writes, the other group
/// connections read: groups of two writing connections could lock the same rows in opposite order
/// and deadlock, and reads do not wait behind a commit.
struct PoolState final : Connection::Owner, std::enable_shared_from_this<PoolState> {
    PoolState(Executor executor, PoolOptions options);
    ~PoolState() override;

    void start();
    bool ready() const;
    void stop();

    /// Takes a unit or borrower into its queue; throws Unavailable when there is no room.
    void enqueue(UnitPointer unit);
    void enqueue(std::shared_ptr<Borrower> borrower);
    void check_room() const;
    /// A transaction has ended; `clean` when the connection has no transaction open.
    void give_back(const std::shared_ptr<Connection>& connection, bool clean);
    void observe(const Unit& unit);
    /// Looks after deadlines until everything is at rest.
    void sweep_soon();

    /// Nothing waits, nothing is in flight, nothing is lent.
    bool at_rest() const;
    /// Suspends until something connects, ends or comes back, or until `deadline`.
    Task<> change(Deadline deadline);

    void connection_up(Connection& connection) override;
    void connection_free(Connection& connection) override;
    void
    connection_down(Connection& connection, std::vector<UnitPointer> unsent, std::string reason) override;

    Executor executor;
    PoolOptions options;
    bool closing = false;

private:
    /// A connection that is always there, with the timer of its next attempt.
    struct Line {
        std::unique_ptr<Connection> connection;
        Timer retry;
        std::chrono::milliseconds backoff{0};
    };
    using Queue = std::deque<UnitPointer>;

    Line& line_of(const Connection& connection);
    Queue& queue_of(const Connection& connection);
    bool writes(const Connection& connection) const { return &connection == lines_.front().connection.get(); }
    bool line_up(bool writing) const;
    void reconnect_later(Line& line);

    void dispatch_soon();
    void dispatch();
    void feed(Connection& connection, Queue& queue, std::size_t groups_max);
    void lend();
    void open_transaction_connection();
    void forget(const Connection& connection);

    void sweep();
    void sweep_queue(Queue& queue, bool can_send, Clock::time_point now);
    void drop_if_silent(Connection& connection, Clock::time_point now);
    void notify();
    void measure();

    Queue writes_;
    Queue reads_;
    std::deque<std::shared_ptr<Borrower>> borrowers_;
    std::vector<Line> lines_;                                          // the first one writes
    std::vector<std::shared_ptr<Connection>> transaction_connections_; // all of them
    std::vector<std::shared_ptr<Connection>> unlent_;

    Timer sweep_timer_;
    bool sweeping_ = false;
    bool dispatching_ = false;
    std::vector<Timer*> watchers_;

    telemetry::Gauge waiting_gauge_;
    telemetry::Gauge open_gauge_;
    telemetry::Gauge lent_gauge_;
    std::unordered_map<std::string_view, telemetry::Histogram> durations_; // by query name
};

struct Loan {
    Loan(std::shared_ptr<PoolState> owner, std::shared_ptr<Connection> lent)
        : pool(std::move(owner)), connection(std::move(lent)) {}
    ~Loan() { pool->give_back(connection, ended); }

    /// Sends BEGIN and does not wait: should it fail, the session is gone and all that follows fails.
    void begin();
    /// Sends one unit and gives its rows.
    Task<std::vector<Rows>> run(std::vector<Statement> statements);

    std::shared_ptr<PoolState> pool;
    std::shared_ptr<Connection> connection;
    bool ended = false; // by a confirmed COMMIT
};

} // namespace tandem::postgres
