#include "libs/postgres/pool_state.hpp"

#include "libs/telemetry/log.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
namespace tandem::postgres {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t group_units_max = 128;
constexpr std::size_t write_groups_max = 1; // what arrives meanwhile forms the next commit
constexpr std::size_t read_groups_max = 2;  // the next is there when the server has done the first
constexpr auto backoff_first = 50ms;
constexpr auto backoff_max = 2'000ms;

constexpr Query rollback{"transaction.rollback", "ROLLBACK"};

SessionOptions session_options(const PoolOptions& options, bool read_only) {
    return {options.url,
            options.search_path,
            options.statement_timeout,
            options.idle_transaction_timeout,
            read_only};
}

} // namespace

PoolState::PoolState(Executor its_executor, PoolOptions its_options)
    : executor(its_executor), options(std::move(its_options)), sweep_timer_(executor),
      waiting_gauge_(
          telemetry::gauge("tandem_postgres_waiting", "Units and tasks that wait for a connection")),
      open_gauge_(
          telemetry::gauge("tandem_postgres_connections", "Connections to PostgreSQL", {{"state", "open"}})),
      lent_gauge_(telemetry::gauge(
          "tandem_postgres_connections", "Connections to PostgreSQL", {{"state", "in_transaction"}})) {
    const int count = std::max(options.group_connections, 2);
    for (int index = 0; index < count; ++index) {
        const bool read_only = index > 0;
        auto connection = std::make_unique<Connection>(executor, *this, session_options(options, read_only));
        lines_.push_back(Line{std::move(connection), Timer(executor)});
    }
}

PoolState::~PoolState() = default;

void PoolState::start() {
    for (Line& line : lines_) {
        line.connection->open();
    }
    sweep_soon();
}

bool PoolState::ready() const {
    return !closing && line_up(true) && line_up(false);
}

bool PoolState::line_up(bool writing) const {
    return std::ranges::any_of(lines_, [&](const Line& line) {
        return line.connection->up() && writes(*line.connection) == writing;
    });
}

// Taking work

void PoolState::check_room() const {
    if (closing) {
        throw Unavailable("the database pool is closing");
    }
    if (writes_.size() + reads_.size() + borrowers_.size() >= options.waiting_max) {
        throw Unavailable("too many calls wait for the database");
    }
}

void PoolState::enqueue(UnitPointer unit) {
    Queue& queue = unit->reads ? reads_ : writes_;
    queue.push_back(std::move(unit));
    dispatch_soon();
    sweep_soon();
}

void PoolState::enqueue(std::shared_ptr<Borrower> borrower) {
    borrowers_.push_back(std::move(borrower));
    lend();
    sweep_soon();
}

// One post for all units that arrive in this turn of the loop: they share a group.
void PoolState::dispatch_soon() {
    if (!std::exchange(dispatching_, true)) {
        boost::asio::post(executor, [weak = weak_from_this()] {
            if (const auto self = weak.lock()) {
                self->dispatching_ = false;
                self->dispatch();
            }
        });
    }
}

void PoolState::dispatch() {
    for (Line& line : lines_) {
        const bool writing = writes(*line.connection);
        feed(*line.connection, writing ? writes_ : reads_, writing ? write_groups_max : read_groups_max);
    }
}

void PoolState::feed(Connection& connection, Queue& queue, std::size_t groups_max) {
    while (!queue.empty() && connection.up() && connection.groups() < groups_max) {
        const auto now = Clock::now();
        std::vector<UnitPointer> group;
        while (!queue.empty() && group.size() < group_units_max) {
            answer_if_late(*queue.front(), now);
            if (!queue.front()->answered()) {
                group.push_back(std::move(queue.front()));
            }
            queue.pop_front();
        }
        if (!group.empty()) {
            connection.submit(std::move(group));
        }
    }
}

// Transactions

void PoolState::lend() {
    std::erase_if(unlent_, [](const auto& connection) { return !connection->up(); });
    while (!borrowers_.empty() && !unlent_.empty()) {
        const std::shared_ptr<Borrower> borrower = std::move(borrowers_.front());
        borrowers_.pop_front();
        if (!borrower->answered()) {
            borrower->lent = std::make_unique<Loan>(shared_from_this(), unlent_.back());
            unlent_.pop_back();
            answer(*borrower, nullptr);
        }
    }
    const auto opening = static_cast<std::size_t>(
        std::ranges::count_if(transaction_connections_, [](const auto& each) { return each->connecting(); }));
    const auto room = static_cast<std::size_t>(options.transaction_connections);
    if (borrowers_.size() > opening && transaction_connections_.size() < room && line_up(true)) {
        open_transaction_connection();
    }
}

void PoolState::open_transaction_connection() {
    const auto connection = std::make_shared<Connection>(executor, *this, session_options(options, false));
    transaction_connections_.push_back(connection);
    connection->open();
}

void PoolState::give_back(const std::shared_ptr<Connection>& connection, bool clean) {
    if (connection->up() && clean) {
        unlent_.push_back(connection);
        lend();
    } else if (connection->up()) {
        const auto unit = std::make_shared<Unit>(executor, std::vector<Statement>{{rollback, Params()}});
        // The unit holds itself until it is answered, which every unit is.
        unit->resume = [self = shared_from_this(), connection, unit] {
            if (unit->failure) {
                connection->drop("a transaction could not be rolled back");
            } else {
                self->give_back(connection, true);
            }
        };
        connection->submit({unit});
    }
    notify();
}

void PoolState::forget(const Connection& connection) {
    const auto is_it = [&](const auto& each) { return each.get() == &connection; };
    std::erase_if(unlent_, is_it);
    std::erase_if(transaction_connections_, is_it);
}

// What the connections tell

PoolState::Line& PoolState::line_of(const Connection& connection) {
    return *std::ranges::find(
        lines_, &connection, [](const Line& line) -> const Connection* { return line.connection.get(); });
}

void PoolState::connection_up(Connection& connection) {
    const auto is_it = [&](const auto& each) { return each.get() == &connection; };
    const auto lendable = std::ranges::find_if(transaction_connections_, is_it);
    if (lendable != transaction_connections_.end()) {
        unlent_.push_back(*lendable);
        lend();
    } else {
        line_of(connection).backoff = 0ms;
        dispatch_soon();
    }
    notify();
}

void PoolState::connection_free(Connection&) {
    dispatch();
    if (closing) {
        notify();
    }
}

void PoolState::connection_down(Connection& connection, std::vector<UnitPointer> unsent, std::string reason) {
    const auto is_it = [&](const auto& each) { return each.get() == &connection; };
    const bool lendable = std::ranges::any_of(transaction_connections_, is_it);
    if (lendable) {
        for (const UnitPointer& unit : unsent) {
            refuse(*unit, "the connection of this transaction broke");
        }
        if (!connection.was_ever_up() && !borrowers_.empty()) {
            refuse(*borrowers_.front(), "no connection for a transaction could be opened");
            borrowers_.pop_front();
        }
        boost::asio::post(executor, [weak = weak_from_this(), gone = &connection] {
            if (const auto self = weak.lock()) {
                self->forget(*gone);
                self->notify();
            }
        });
        return;
    }
    Line& line = line_of(connection);
    if (line.backoff == 0ms) {
        telemetry::log_warn("database connection lost", {{"reason", reason}});
    }
    Queue& queue = writes(connection) ? writes_ : reads_;
    queue.insert(queue.begin(), unsent.begin(), unsent.end());
    reconnect_later(line);
    notify();
}

void PoolState::reconnect_later(Line& line) {
    line.backoff = line.backoff == 0ms ? backoff_first
                                       : std::min<std::chrono::milliseconds>(line.backoff * 2, backoff_max);
    line.retry.expires_after(line.backoff);
    line.retry.async_wait(
        [weak = weak_from_this(), connection = line.connection.get()](boost::system::error_code error) {
            const auto self = weak.lock();
            if (!error && self && !self->lines_.empty()) {
                connection->open();
                self->sweep_soon();
            }
        });
}

} // namespace tandem::postgres
