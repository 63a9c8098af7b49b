#include "libs/messaging/amqp_connection.hpp"

#include "libs/messaging/retry_path.hpp"

#include <amqp_tcp_socket.h>
#include <fmt/format.h>
#include <poll.h>

namespace tandem::messaging {
namespace {

constexpr timeval connect_timeout{.tv_sec = 2, .tv_usec = 0};
constexpr timeval handshake_timeout{.tv_sec = 5, .tv_usec = 0};
constexpr timeval call_timeout{.tv_sec = 15, .tv_usec = 0};
constexpr int frame_bytes_max = 131'072;

std::string describe(const amqp_method_t& method) {
    if (method.id == AMQP_CONNECTION_CLOSE_METHOD) {
        const auto* close = static_cast<const amqp_connection_close_t*>(method.decoded);
        return fmt::format("connection closed: {} {}", close->reply_code, to_view(close->reply_text));
    }
    if (method.id == AMQP_CHANNEL_CLOSE_METHOD) {
        const auto* close = static_cast<const amqp_channel_close_t*>(method.decoded);
        return fmt::format("channel closed: {} {}", close->reply_code, to_view(close->reply_text));
    }
    if (method.id == AMQP_BASIC_CANCEL_METHOD) {
        return "the queue is gone";
    }
    return fmt::format("unexpected method 0x{:08X}", method.id);
}

bool ends_the_session(amqp_method_number_t method) {
    return method == AMQP_CONNECTION_CLOSE_METHOD || method == AMQP_CHANNEL_CLOSE_METHOD ||
           method == AMQP_BASIC_CANCEL_METHOD;
}

} // namespace

amqp_bytes_t to_bytes(std::string_view text) {
    return {text.size(), const_cast<char*>(text.data())};
}

std::string_view to_view(amqp_bytes_t bytes) {
    return {static_cast<const char*>(bytes.bytes), bytes.len};
}

amqp_bytes_t AmqpTable::keep(std::string_view text) {
    return to_bytes(texts_.emplace_back(text));
}

AmqpTable& AmqpTable::add(std::string_view name, std::string_view text) {
    amqp_table_entry_t entry{};
    entry.key = keep(name);
    entry.value.kind = AMQP_FIELD_KIND_UTF8;
    entry.value.value.bytes = keep(text);
    entries_.push_back(entry);
    return *this;
}

AmqpTable& AmqpTable::add(std::string_view name, std::int64_t number) {
    amqp_table_entry_t entry{};
    entry.key = keep(name);
    entry.value.kind = AMQP_FIELD_KIND_I64;
    entry.value.value.i64 = number;
    entries_.push_back(entry);
    return *this;
}

amqp_table_t AmqpTable::view() {
    return {static_cast<int>(entries_.size()), entries_.data()};
}

AmqpConnection::AmqpConnection(const BrokerOptions& options, std::string_view role)
    : connection_(amqp_new_connection()) {
    try {
        log_in(options, role);
    } catch (...) {
        amqp_destroy_connection(connection_);
        throw;
    }
}

AmqpConnection::~AmqpConnection() {
    amqp_destroy_connection(connection_);
}

void AmqpConnection::log_in(const BrokerOptions& options, std::string_view role) {
    std::string url = options.url;
    amqp_connection_info info{};
    if (amqp_parse_url(url.data(), &info) != AMQP_STATUS_OK || info.ssl != 0) {
        throw AmqpError("the broker's URL is not amqp://user:password@host:port/vhost");
    }
    // "amqp://host/" names the empty vhost by the letter of the URI specification, which nobody means.
    const char* vhost = *info.vhost == '\0' ? "/" : info.vhost;
    amqp_socket_t* socket = amqp_tcp_socket_new(connection_);
    if (socket == nullptr) {
        throw AmqpError("no memory for a socket");
    }
    check("connect", amqp_socket_open_noblock(socket, info.host, info.port, &connect_timeout));
    amqp_set_handshake_timeout(connection_, &handshake_timeout);
    amqp_set_rpc_timeout(connection_, &call_timeout);
    AmqpTable properties;
    properties.add("connection_name", fmt::format("{} {}", options.app_id, role));
    const amqp_table_t table = properties.view();
    check("log in",
          amqp_login_with_properties(connection_,
                                     vhost,
                                     0,
                                     frame_bytes_max,
                                     static_cast<int>(options.heartbeat.count()),
                                     &table,
                                     AMQP_SASL_METHOD_PLAIN,
                                     info.user,
                                     info.password));
    amqp_channel_open(connection_, channel);
    check_last("open the channel");
}

void AmqpConnection::declare_exchange() {
    amqp_exchange_declare(
        connection_, channel, to_bytes(events_exchange), to_bytes("topic"), 0, 1, 0, 0, amqp_empty_table);
    check_last("declare the exchange");
}

void AmqpConnection::declare_queue(const std::string& name, AmqpTable arguments) {
    arguments.add("x-queue-type", "quorum");
    amqp_queue_declare(connection_, channel, to_bytes(name), 0, 1, 0, 0, arguments.view());
    check_last("declare queue " + name);
}

void AmqpConnection::declare(const QueueTopology& queue) {
    declare_queue(queue.name, AmqpTable());
    declare_queue(dead_letter_queue_name(queue.name), AmqpTable());
    for (std::size_t step = 1; step <= queue.retry_delays.size(); ++step) {
        AmqpTable arguments;
        arguments.add("x-message-ttl", queue.retry_delays[step - 1].count())
            .add("x-dead-letter-exchange", "")
            .add("x-dead-letter-routing-key", queue.name)
            .add("x-dead-letter-strategy", "at-least-once")
            .add("x-overflow", "reject-publish");
        declare_queue(retry_queue_name(queue, step), std::move(arguments));
    }
    for (const std::string& key : queue.binding_keys) {
        amqp_queue_bind(connection_,
                        channel,
                        to_bytes(queue.name),
                        to_bytes(events_exchange),
                        to_bytes(key),
                        amqp_empty_table);
        check_last("bind " + queue.name + " to " + key);
    }
}

void AmqpConnection::select_confirms() {
    amqp_confirm_select(connection_, channel);
    check_last("select confirms");
}

bool AmqpConnection::read_frame(amqp_frame_t& frame) {
    const timeval at_once{};
    const int status = amqp_simple_wait_frame_noblock(connection_, &frame, &at_once);
    if (status == AMQP_STATUS_TIMEOUT) {
        return false;
    }
    check("read", status);
    if (frame.frame_type == AMQP_FRAME_METHOD && ends_the_session(frame.payload.method.id)) {
        throw AmqpError(describe(frame.payload.method));
    }
    return true;
}

void AmqpConnection::wait(int wakeup, std::chrono::milliseconds timeout) {
    if (amqp_frames_enqueued(connection_) || amqp_data_in_buffer(connection_)) {
        return;
    }
    pollfd sources[] = {{amqp_get_sockfd(connection_), POLLIN, 0}, {wakeup, POLLIN, 0}};
    ::poll(sources, 2, static_cast<int>(timeout.count()));
}

void AmqpConnection::close() {
    check("close the channel", amqp_channel_close(connection_, channel, AMQP_REPLY_SUCCESS));
    check("close the connection", amqp_connection_close(connection_, AMQP_REPLY_SUCCESS));
}

void AmqpConnection::check(std::string_view what, int status) const {
    if (status != AMQP_STATUS_OK) {
        throw AmqpError(fmt::format("{}: {}", what, amqp_error_string2(status)));
    }
}

void AmqpConnection::check(std::string_view what, const amqp_rpc_reply_t& reply) const {
    if (reply.reply_type == AMQP_RESPONSE_SERVER_EXCEPTION) {
        throw AmqpError(fmt::format("{}: {}", what, describe(reply.reply)));
    }
    if (reply.reply_type != AMQP_RESPONSE_NORMAL) {
        throw AmqpError(fmt::format("{}: {}", what, amqp_error_string2(reply.library_error)));
    }
}

void AmqpConnection::check_last(std::string_view what) const {
    check(what, amqp_get_rpc_reply(connection_));
}

} // namespace tandem::messaging
