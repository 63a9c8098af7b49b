#include "libs/http/connection_pool.hpp"

#include "libs/kernel/unavailable.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/ip/basic_resolver.hpp>

namespace tandem::http {
namespace {

constexpr auto as_result = boost::asio::as_tuple(boost::asio::deferred);
using Resolver = boost::asio::ip::basic_resolver<Tcp, Executor>;
using Addresses = Tcp::resolver::results_type;

/// A name being looked up. The look-up cannot be stopped, so it must not be waited for longer than
/// the deadline: it lives on until it ends, and its outcome is dropped.
struct LookUp {
    explicit LookUp(Executor executor) : resolver(executor), ended(executor) {}

    Resolver resolver;
    Timer ended;
    bool is_done = false;
    boost::system::error_code error;
    Addresses addresses;
};

} // namespace

/// Someone in the line. `granted` is set, with a slot and perhaps a connection, before it is woken.
struct ConnectionPool::Waiter {
    explicit Waiter(Executor executor) : woken(executor) {}

    Timer woken;
    bool granted = false;
    std::unique_ptr<PooledConnection> connection;
};

/// A place in the line, left when the waiter gives up or is cancelled; a slot that was granted by
/// then goes to the next.
class ConnectionPool::Turn {
public:
    Turn(ConnectionPool& pool, Waiter& waiter) : pool_(pool), waiter_(waiter) {
        pool_.waiting_.push_back(&waiter_);
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn() {
        if (!waiter_.granted) {
            std::erase(pool_.waiting_, &waiter_);
        } else if (!taken_) {
            pool_.free_slot(std::move(waiter_.connection));
        }
    }
    std::unique_ptr<PooledConnection> take() {
        taken_ = true;
        return std::move(waiter_.connection);
    }

private:
    ConnectionPool& pool_;
    Waiter& waiter_;
    bool taken_ = false;
};

Lease::~Lease() {
    if (pool_ != nullptr) {
        pool_->free_slot(nullptr);
    }
}

Task<> Lease::connect(Deadline deadline) {
    if (connection_ == nullptr) {
        connection_ = co_await pool_->connect(deadline);
        reused_ = false;
    }
}

void Lease::disconnect() {
    connection_.reset();
    reused_ = false;
}

void Lease::give_back() {
    const auto pool = std::exchange(pool_, nullptr);
    pool->free_slot(std::move(connection_));
}

Task<Lease> ConnectionPool::acquire(Deadline deadline) {
    if (auto connection = take_idle()) {
        ++slots_used_;
        co_return Lease(shared_from_this(), std::move(connection));
    }
    if (slots_used_ < options_.connections_per_endpoint_max) {
        ++slots_used_;
        co_return Lease(shared_from_this(), nullptr);
    }
    if (waiting_.size() >= options_.waiting_max) {
        throw TooBusy("too many requests wait for a connection to " + endpoint_.to_string());
    }
    Lease lease = co_await wait_for_turn(deadline);
    co_return lease;
}

Task<Lease> ConnectionPool::wait_for_turn(Deadline deadline) {
    const auto self = shared_from_this();
    Waiter waiter(executor_);
    Turn turn(*this, waiter);
    waiter.woken.expires_at(deadline);
    co_await waiter.woken.async_wait(as_result);
    if (!waiter.granted) {
        throw DeadlineExceeded("no connection to " + endpoint_.to_string() + " became free in time");
    }
    co_return Lease(self, turn.take());
}

std::unique_ptr<PooledConnection> ConnectionPool::take_idle() {
    while (!idle_.empty()) {
        auto connection = std::move(idle_.back());
        idle_.pop_back();
        connection->wire.wake();
        if (!connection->wire.is_spoiled()) {
            return connection;
        }
    }
    return nullptr;
}

void ConnectionPool::free_slot(std::unique_ptr<PooledConnection> connection) {
    if (!waiting_.empty()) {
        Waiter& next = *waiting_.front();
        waiting_.pop_front();
        next.granted = true;
        next.connection = std::move(connection);
        next.woken.cancel();
        return;
    }
    --slots_used_;
    if (connection != nullptr) {
        connection->wire.idle_until(SteadyClock::now() + options_.idle_timeout);
        idle_.push_back(std::move(connection));
    }
}

Task<std::unique_ptr<PooledConnection>> ConnectionPool::connect(Deadline deadline) {
    const auto self = shared_from_this();
    const Deadline patience = std::min(deadline, SteadyClock::now() + options_.connect_timeout);
    const Addresses addresses = co_await resolve(patience);
    auto connection = std::make_unique<PooledConnection>(Socket(executor_), sweeper_);
    connection->wire.expire_at(patience);
    co_await connection->wire.connect(addresses);
    connection->wire.never_expire();
    co_return connection;
}

Task<Addresses> ConnectionPool::resolve(Deadline deadline) {
    boost::system::error_code not_numeric;
    const auto address = boost::asio::ip::make_address(endpoint_.host, not_numeric);
    if (!not_numeric) {
        co_return Addresses::create(Tcp::endpoint(address, endpoint_.port), endpoint_.host, "");
    }
    const auto look_up = std::make_shared<LookUp>(executor_);
    look_up->resolver.async_resolve(endpoint_.host,
                                    std::to_string(endpoint_.port),
                                    [look_up](boost::system::error_code error, Addresses addresses) {
                                        look_up->is_done = true;
                                        look_up->error = error;
                                        look_up->addresses = std::move(addresses);
                                        look_up->ended.cancel();
                                    });
    look_up->ended.expires_at(deadline);
    co_await look_up->ended.async_wait(as_result);
    if (!look_up->is_done) {
        throw NotSent("looking up " + endpoint_.host + " took too long");
    }
    if (look_up->error) {
        throw boost::system::system_error(look_up->error);
    }
    co_return look_up->addresses;
}

} // namespace tandem::http
