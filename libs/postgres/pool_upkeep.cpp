#include "libs/postgres/pool_state.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>

namespace tandem::postgres {
namespace {

using namespace std::chrono_literals;

constexpr auto sweep_every = 25ms;
constexpr auto connect_timeout = 5s;
constexpr auto silence_grace = 2s; // beyond the server's own statement_timeout
constexpr auto disconnected_wait_max = 1s;

} // namespace

void PoolState::sweep_soon() {
    if (std::exchange(sweeping_, true)) {
        return;
    }
    sweep_timer_.expires_after(sweep_every);
    sweep_timer_.async_wait([weak = weak_from_this()](boost::system::error_code error) {
        const auto self = weak.lock();
        if (!error && self) {
            self->sweeping_ = false;
            self->sweep();
        }
    });
}

void PoolState::sweep() {
    const auto now = Clock::now();
    sweep_queue(writes_, line_up(true), now);
    sweep_queue(reads_, line_up(false), now);
    for (const auto& borrower : borrowers_) {
        answer_if_late(*borrower, now);
        if (!line_up(true) && now - borrower->submitted_at > disconnected_wait_max) {
            refuse(*borrower, "the database cannot be reached");
        }
    }
    std::erase_if(borrowers_, [](const auto& borrower) { return borrower->answered(); });
    for (const Line& line : lines_) {
        line.connection->answer_late_units(now);
        drop_if_silent(*line.connection, now);
    }
    for (const auto& connection : std::vector(transaction_connections_)) {
        connection->answer_late_units(now);
        drop_if_silent(*connection, now);
    }
    lend();
    measure();
    const bool connecting =
        std::ranges::any_of(lines_, [](const Line& line) { return line.connection->connecting(); });
    if (!at_rest() || connecting) {
        sweep_soon();
    }
}

void PoolState::sweep_queue(Queue& queue, bool can_send, Clock::time_point now) {
    for (const UnitPointer& unit : queue) {
        answer_if_late(*unit, now);
        if (!can_send && now - unit->submitted_at > disconnected_wait_max) {
            refuse(*unit, "the database cannot be reached");
        }
    }
    std::erase_if(queue, [](const UnitPointer& unit) { return unit->answered(); });
}

void PoolState::drop_if_silent(Connection& connection, Clock::time_point now) {
    const auto since = connection.silent_since();
    const auto patience = connection.connecting()
                              ? Clock::duration(connect_timeout)
                              : Clock::duration(options.statement_timeout + silence_grace);
    if (since < now && now - since > patience) {
        connection.drop("the server does not answer");
    }
}

// Watching and ending

bool PoolState::at_rest() const {
    const bool lines_rest =
        std::ranges::all_of(lines_, [](const Line& line) { return line.connection->idle(); });
    return writes_.empty() && reads_.empty() && borrowers_.empty() && lines_rest &&
           transaction_connections_.size() == unlent_.size();
}

Task<> PoolState::change(Deadline deadline) {
    struct Watch {
        std::vector<Timer*>& watchers;
        Timer& timer;
        ~Watch() { std::erase(watchers, &timer); }
    };
    Timer timer(executor, deadline);
    watchers_.push_back(&timer);
    const Watch watch{watchers_, timer};
    co_await timer.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable_t<Executor>()));
}

void PoolState::notify() {
    for (Timer* timer : watchers_) {
        timer->cancel();
    }
    measure();
}

void PoolState::measure() {
    const auto open = std::ranges::count_if(lines_, [](const Line& line) { return line.connection->up(); });
    const auto lent = transaction_connections_.size() - unlent_.size();
    waiting_gauge_.set(static_cast<double>(writes_.size() + reads_.size() + borrowers_.size()));
    open_gauge_.set(static_cast<double>(open) + static_cast<double>(transaction_connections_.size()));
    lent_gauge_.set(static_cast<double>(lent));
}

void PoolState::observe(const Unit& unit) {
    const auto duration = Clock::now() - unit.submitted_at;
    for (const Statement& statement : unit.statements) {
        auto found = durations_.find(statement.query.name);
        if (found == durations_.end()) {
            const telemetry::Labels labels{{"query", std::string(statement.query.name)}};
            const auto histogram = telemetry::histogram("tandem_postgres_statement_duration_seconds",
                                                        "From the call to its answer, waiting included",
                                                        labels);
            found = durations_.emplace(statement.query.name, histogram).first;
        }
        found->second.observe(duration);
    }
}

void PoolState::stop() {
    closing = true;
    sweep_timer_.cancel();
    for (Line& line : lines_) {
        line.retry.cancel();
        line.connection->close();
    }
    for (const auto& connection : transaction_connections_) {
        connection->close();
    }
    for (Queue* queue : {&writes_, &reads_}) {
        for (const UnitPointer& unit : *queue) {
            refuse(*unit, "the database pool was closed");
        }
        queue->clear();
    }
    for (const auto& borrower : borrowers_) {
        refuse(*borrower, "the database pool was closed");
    }
    borrowers_.clear();
    unlent_.clear();
    transaction_connections_.clear();
    notify();
}

} // namespace tandem::postgres
