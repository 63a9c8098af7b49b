#include "libs/async/event.hpp"
#include "libs/async/keep_going.hpp"
#include "libs/async/task_group.hpp"
#include "libs/messaging/outbox.hpp"
#include "libs/messaging/wakeup.hpp"
#include "libs/telemetry/log.hpp"
#include "libs/telemetry/metrics.hpp"

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

namespace tandem::messaging {

using std::chrono::steady_clock;

namespace {

constexpr std::int64_t events_per_pass_max = 500;
// A pass holds a transaction open; these bound it.
constexpr std::chrono::seconds begin_timeout{5};
constexpr std::chrono::seconds publish_timeout{5};
constexpr std::chrono::milliseconds poll_interval{100};
constexpr std::chrono::milliseconds other_relay_pause{25};
constexpr std::chrono::seconds lag_interval{5};

constexpr postgres::Query try_lock{"outbox.lock", "SELECT pg_try_advisory_xact_lock(7203416850001)"};

enum class Pass {
    full,        ///< published as much as fits: there may be more
    drained,     ///< published all that was there, or there was nothing
    other_relay, ///< another instance is publishing
    stuck,       ///< the broker or the database did not play along, or nobody takes the events
};

struct Taken {
    std::vector<std::int64_t> positions;
    std::vector<OutgoingEvent> events;
};

Taken read_events(const postgres::Rows& rows) {
    Taken taken;
    for (const postgres::Row row : rows) {
        taken.positions.push_back(row.integer(0));
        taken.events.push_back(
            {row.text(1), row.text(2), row.text(3), row.text(4), {row.text(5), row.text(6)}});
    }
    return taken;
}

} // namespace

struct OutboxRelay::State {
    State(Executor loop, postgres::Pool& database, Publisher& broker, OutboxQueries statements)
        : pool(database), publisher(broker), queries(statements), woken(loop), finished(loop), tasks(loop) {}

    Task<> run();
    Task<bool> turn();
    Task<Pass> pass();
    Task<Pass> publish_in(postgres::Transaction transaction);
    Task<bool> anything_there();
    Task<bool> rest(Pass last);
    Task<> measure();
    Task<> stop(postgres::Deadline deadline);
    postgres::Deadline within(std::chrono::nanoseconds timeout) const {
        return std::min(steady_clock::now() + timeout, stop_deadline);
    }

    postgres::Pool& pool;
    Publisher& publisher;
    OutboxQueries queries;
    async::Event woken;
    async::Event finished;
    async::TaskGroup tasks;
    Backoff backoff;
    postgres::Deadline stop_deadline = postgres::Deadline::max();
    steady_clock::time_point measured_at{};
    bool stopping = false;
    bool running = false;
    const telemetry::Gauge waiting =
        telemetry::gauge("tandem_outbox_waiting", "Events that are stored and not yet published");
    const telemetry::Gauge age =
        telemetry::gauge("tandem_outbox_age_seconds", "Age of the oldest event not yet published");
    const telemetry::Counter published =
        telemetry::counter("tandem_outbox_published_total", "Events published and marked");
};

Task<> OutboxRelay::State::run() {
    async::Turn pass_and_rest = [this] { return turn(); };
    co_await async::keep_going("outbox relay", std::move(pass_and_rest));
    running = false;
    finished.notify();
}

/// False: the relay has stopped.
Task<bool> OutboxRelay::State::turn() {
    const Pass last = co_await pass();
    const bool go_on = co_await rest(last);
    co_return go_on;
}

/// The lock, the events and their marks share one short transaction: whatever dies, the lock goes with
/// it, and what was not marked is published again.
Task<Pass> OutboxRelay::State::pass() {
    if (!publisher.ready() || !pool.ready()) {
        co_return Pass::stuck;
    }
    try {
        const auto deadline = within(begin_timeout);
        auto transaction = co_await pool.begin(deadline);
        const Pass result = co_await publish_in(std::move(transaction));
        co_return result;
    } catch (const boost::system::system_error& error) {
        if (error.code() == boost::asio::error::operation_aborted) {
            throw;
        }
        telemetry::log_warn("the outbox relay failed", {{"error", error.what()}});
    } catch (const std::exception& error) {
        telemetry::log_warn("the outbox relay failed", {{"error", error.what()}});
    }
    co_return Pass::stuck;
}

Task<Pass> OutboxRelay::State::publish_in(postgres::Transaction transaction) {
    const auto locked = co_await transaction.query(try_lock, postgres::Params());
    if (!locked[0].boolean(0)) {
        co_return Pass::other_relay;
    }
    postgres::Params limit(events_per_pass_max);
    const auto rows = co_await transaction.query(queries.take, std::move(limit));
    Taken taken = read_events(rows);
    if (taken.events.empty()) {
        co_return Pass::drained;
    }
    const auto deadline = within(publish_timeout);
    const auto confirmed = co_await publisher.try_publish(std::move(taken.events), deadline);
    std::vector<std::int64_t> positions;
    for (std::size_t i = 0; i < confirmed.size(); ++i) {
        if (confirmed[i]) {
            positions.push_back(taken.positions[i]);
        }
    }
    if (positions.empty()) {
        co_return Pass::stuck;
    }
    std::vector<postgres::Statement> marks;
    marks.push_back({queries.mark, postgres::Params(positions)});
    co_await transaction.execute(std::move(marks));
    co_await transaction.commit();
    published.add(static_cast<double>(positions.size()));
    const bool was_full = taken.positions.size() == static_cast<std::size_t>(events_per_pass_max);
    const bool some_left = positions.size() < taken.positions.size();
    co_return was_full || some_left ? Pass::full : Pass::drained;
}

/// Waits for the next reason to make a pass. False: the relay has stopped.
Task<bool> OutboxRelay::State::rest(Pass last) {
    const bool time_is_up = stopping && steady_clock::now() >= stop_deadline;
    const bool done_what_can_be_done = stopping && (last == Pass::drained || last == Pass::stuck);
    if (time_is_up || done_what_can_be_done) {
        co_return false;
    }
    if (last != Pass::stuck) {
        backoff.reset();
    }
    co_await measure();
    if (last == Pass::full) {
        co_return true;
    }
    if (last != Pass::drained) {
        const std::chrono::milliseconds pause = last == Pass::stuck ? backoff.next() : other_relay_pause;
        co_await woken.wait_for(pause);
        co_return true;
    }
    while (!stopping) {
        const bool notified = co_await woken.wait_for(poll_interval);
        if (notified) {
            break;
        }
        const bool found = co_await anything_there();
        if (found) {
            break;
        }
        co_await measure();
    }
    co_return true;
}

Task<bool> OutboxRelay::State::anything_there() {
    try {
        const auto deadline = within(begin_timeout);
        postgres::Params one(1);
        const auto rows = co_await pool.query(queries.take, std::move(one), deadline);
        co_return !rows.empty();
    } catch (const Unavailable&) {
        co_return true; // the pass finds out, and backs off
    } catch (const postgres::StatementError&) {
        co_return true;
    }
}

Task<> OutboxRelay::State::measure() {
    const auto now = steady_clock::now();
    if (now - measured_at < lag_interval || !pool.ready()) {
        co_return;
    }
    measured_at = now;
    try {
        const auto deadline = within(begin_timeout);
        const auto rows = co_await pool.query(queries.lag, postgres::Params(), deadline);
        waiting.set(static_cast<double>(rows[0].integer(0)));
        age.set(rows[0].real(1));
    } catch (const std::runtime_error& error) {
        telemetry::log_debug("the outbox was not measured", {{"error", error.what()}});
    }
}

Task<> OutboxRelay::State::stop(postgres::Deadline deadline) {
    stopping = true;
    stop_deadline = deadline;
    woken.notify();
    while (running) {
        const std::chrono::nanoseconds left = deadline - steady_clock::now();
        if (left.count() <= 0) {
            tasks.cancel();
            break;
        }
        const std::chrono::nanoseconds nap = std::min<std::chrono::nanoseconds>(left, std::chrono::hours(1));
        co_await finished.wait_for(nap);
    }
    co_await tasks.join();
}

OutboxRelay::OutboxRelay(Executor executor, postgres::Pool& pool, Publisher& publisher, OutboxQueries queries)
    : state_(std::make_shared<State>(executor, pool, publisher, queries)) {}

OutboxRelay::~OutboxRelay() = default;

void OutboxRelay::start() {
    state_->running = true;
    state_->tasks.spawn("outbox relay", state_->run());
}

void OutboxRelay::wake() {
    state_->woken.notify();
}

Task<> OutboxRelay::stop(postgres::Deadline deadline) {
    co_await state_->stop(deadline);
}

} // namespace tandem::messaging
