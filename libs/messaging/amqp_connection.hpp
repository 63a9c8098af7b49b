#pragma once

#include "libs/messaging/broker.hpp"

#include <amqp.h>
#include <amqp_framing.h>
#include <deque>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace tandem::messaging {

/// The broker refused something, or the connection broke. Stays inside libs/messaging.
class AmqpError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Arguments or headers (AMQP 0-9-1 field table). Owns its texts; `view` is valid while it lives.
class AmqpTable {
public:
    AmqpTable& add(std::string_view name, std::string_view text);
    AmqpTable& add(std::string_view name, std::int64_t number);
    amqp_table_t view();

private:
    amqp_bytes_t keep(std::string_view text);

    std::deque<std::string> texts_;
    std::vector<amqp_table_entry_t> entries_;
};

/// The view is valid while `text` lives.
amqp_bytes_t to_bytes(std::string_view text);
std::string_view to_view(amqp_bytes_t bytes);

/// One connection with one channel (number 1) to one broker, used by one thread; everything blocks,
/// at most for the timeouts set here or two heartbeats. Every member throws AmqpError.
class AmqpConnection {
public:
    static constexpr amqp_channel_t channel = 1;

    /// Connects, logs in, opens the channel. `role` names the connection in RabbitMQ's own UI.
    AmqpConnection(const BrokerOptions& options, std::string_view role);
    ~AmqpConnection();
    AmqpConnection(const AmqpConnection&) = delete;
    AmqpConnection& operator=(const AmqpConnection&) = delete;

    amqp_connection_state_t get() const { return connection_; }

    void declare_exchange();
    /// The queue, its retry queues, its dead-letter queue and its bindings (QueueTopology).
    void declare(const QueueTopology& queue);
    void select_confirms();
    /// True when a frame was there; false when nothing is left to read just now. Throws when the
    /// broker has closed the channel or the connection.
    bool read_frame(amqp_frame_t& frame);
    /// Waits until the socket or `wakeup` is readable, at most `timeout`.
    void wait(int wakeup, std::chrono::milliseconds timeout);
    /// Says goodbye, so that the broker has taken every acknowledgement sent before. (RabbitMQ 3.10
    /// may forget some when more than 32 of them are not applied yet by a quorum queue: then these
    /// messages come again.)
    void close();

    void check(std::string_view what, int status) const;
    void check(std::string_view what, const amqp_rpc_reply_t& reply) const;
    void check_last(std::string_view what) const;

private:
    void log_in(const BrokerOptions& options, std::string_view role);
    void declare_queue(const std::string& name, AmqpTable arguments);

    amqp_connection_state_t connection_;
};

} // namespace tandem::messaging
