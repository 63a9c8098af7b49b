#pragma once

#include "libs/http/client.hpp"
#include "libs/http/input_buffer.hpp"
#include "libs/http/wire.hpp"

#include <deque>
#include <list>

namespace tandem::http {

class ConnectionPool;

/// A connection of a client, with what was read from it and not yet parsed.
struct PooledConnection {
    static constexpr std::size_t input_bytes_max = 64U << 10U;

    PooledConnection(Socket socket, std::shared_ptr<Sweeper> sweeper)
        : wire(std::move(socket), std::move(sweeper)), input(input_bytes_max) {}

    Wire wire;
    InputBuffer input;
};

/// The right to use one connection of a pool. Unless given back, the connection is closed.
class Lease {
public:
    Lease(std::shared_ptr<ConnectionPool> pool, std::unique_ptr<PooledConnection> connection)
        : pool_(std::move(pool)), connection_(std::move(connection)), reused_(connection_ != nullptr) {}
    Lease(Lease&&) noexcept = default;
    Lease& operator=(Lease&&) = delete;
    ~Lease();

    /// True when the connection has served before, so that the server may have closed it.
    bool reused() const { return reused_; }
    /// Makes sure that there is a connection. Throws Unavailable or DeadlineExceeded.
    Task<> connect(Deadline deadline);
    void disconnect();
    void give_back();
    PooledConnection& connection() { return *connection_; }

private:
    std::shared_ptr<ConnectionPool> pool_;
    std::unique_ptr<PooledConnection> connection_;
    bool reused_;
};

/// The connections to one endpoint: so many at most, the idle ones kept for the next request, and a
/// bounded line of those who wait.
class ConnectionPool : public std::enable_shared_from_this<ConnectionPool> {
public:
    ConnectionPool(Executor executor,
                   Endpoint endpoint,
                   const ClientOptions& options,
                   std::shared_ptr<Sweeper> sweeper)
        : executor_(executor), endpoint_(std::move(endpoint)), options_(options),
          sweeper_(std::move(sweeper)) {}

    /// Throws TooBusy when the line is full, DeadlineExceeded when the turn did not come.
    Task<Lease> acquire(Deadline deadline);
    void close_idle() { idle_.clear(); }
    const Endpoint& endpoint() const { return endpoint_; }

private:
    friend class Lease;
    struct Waiter;
    class Turn;

    Task<std::unique_ptr<PooledConnection>> connect(Deadline deadline);
    Task<Tcp::resolver::results_type> resolve(Deadline deadline);
    Task<Lease> wait_for_turn(Deadline deadline);
    std::unique_ptr<PooledConnection> take_idle();
    /// A slot is free, with a connection that may serve again or without.
    void free_slot(std::unique_ptr<PooledConnection> connection);

    Executor executor_;
    Endpoint endpoint_;
    ClientOptions options_;
    std::shared_ptr<Sweeper> sweeper_;
    std::vector<std::unique_ptr<PooledConnection>> idle_;
    std::list<Waiter*> waiting_;
    std::size_t slots_used_ = 0; ///< connections in use or being made
};

} // namespace tandem::http
