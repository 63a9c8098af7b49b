#pragma once

#include "libs/kernel/task.hpp"

#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <libpq-fe.h>

#include <chrono>
#include <memory>
#include <string>

namespace tandem::postgres {

struct SessionOptions {
    std::string url;
    std::string search_path; ///< as in PoolOptions
    std::chrono::milliseconds statement_timeout;
    std::chrono::milliseconds idle_transaction_timeout;
    bool read_only;
};

/// One libpq connection from its first packet to its last, in pipeline mode, never blocking: the
/// reactor waits, libpq reads and writes. (PostgreSQL 15, sections 34.1 PQconnectPoll, 34.4, 34.5.)
/// Resolving a host name does block: configure addresses where that matters.
class Session : public std::enable_shared_from_this<Session> {
public:
    /// Is told what happens, from the event loop. `session_broken` is the last call.
    class Listener {
    public:
        virtual ~Listener() = default;
        virtual void session_opened() = 0;
        virtual void session_readable() = 0; ///< input was consumed: look for results
        virtual void session_broken(std::string reason) = 0;
    };

    Session(Executor executor, Listener& listener);
    ~Session();

    void open(const SessionOptions& options);
    /// Writes what libpq has buffered, now and as the socket takes it.
    void flush();
    /// Ends it without a word to the listener. The server rolls back what was open.
    void close();

    PGconn* handle() const { return connection_; }
    bool opened() const { return opened_; }

private:
    void poll_connecting();
    void wait_connecting(PostgresPollingStatusType direction);
    void finish_connecting();
    void wait_readable();
    void readable();
    void broken(std::string reason);

    Listener* listener_; // null once closed
    boost::asio::posix::basic_stream_descriptor<Executor> socket_;
    PGconn* connection_ = nullptr;
    bool opened_ = false;
    bool writing_ = false;
};

} // namespace tandem::postgres
