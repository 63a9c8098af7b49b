#include "libs/messaging/dead_letters.hpp"

#include "libs/kernel/unavailable.hpp"
#include "libs/messaging/amqp_message.hpp"
#include "libs/messaging/retry_path.hpp"

#include <optional>
#include <set>

namespace tandem::messaging {
namespace {

constexpr std::size_t moved_at_once_max = 100;
constexpr std::chrono::seconds confirm_timeout{15};
constexpr std::chrono::seconds return_timeout{5};

struct Taken {
    std::uint64_t tag = 0;
    DeadLetter letter;
};

std::optional<Taken> take_one(AmqpConnection& connection, const std::string& queue) {
    amqp_maybe_release_buffers(connection.get());
    const amqp_rpc_reply_t reply =
        amqp_basic_get(connection.get(), AmqpConnection::channel, to_bytes(queue), 0);
    connection.check("get from " + queue, reply);
    if (reply.reply.id == AMQP_BASIC_GET_EMPTY_METHOD) {
        return std::nullopt;
    }
    const auto* ok = static_cast<const amqp_basic_get_ok_t*>(reply.reply.decoded);
    Taken taken;
    taken.tag = ok->delivery_tag;
    const bool redelivered = ok->redelivered != 0;
    const std::string routing_key(to_view(ok->routing_key));
    amqp_message_t message{};
    connection.check("read a message",
                     amqp_read_message(connection.get(), AmqpConnection::channel, &message, 0));
    taken.letter = {to_delivery(routing_key, redelivered, message), text_header(message, "x-error")};
    amqp_destroy_message(&message);
    return taken;
}

std::vector<Taken> take(AmqpConnection& connection, const std::string& queue, std::size_t max) {
    std::vector<Taken> all;
    while (all.size() < max) {
        auto taken = take_one(connection, queue);
        if (!taken) {
            break;
        }
        all.push_back(*std::move(taken));
    }
    return all;
}

/// Waits until everything published so far on this connection is confirmed.
void await_confirmations(AmqpConnection& connection, std::uint64_t last_tag) {
    const auto deadline = std::chrono::steady_clock::now() + confirm_timeout;
    std::set<std::uint64_t> open;
    for (std::uint64_t tag = 1; tag <= last_tag; ++tag) {
        open.insert(tag);
    }
    while (!open.empty()) {
        amqp_frame_t frame{};
        if (!connection.read_frame(frame)) {
            if (std::chrono::steady_clock::now() > deadline) {
                throw AmqpError("the broker does not confirm");
            }
            connection.wait(-1, std::chrono::milliseconds(100));
            continue;
        }
        const auto method = frame.frame_type == AMQP_FRAME_METHOD ? frame.payload.method.id : 0;
        if (method == AMQP_BASIC_NACK_METHOD || method == AMQP_BASIC_RETURN_METHOD) {
            throw AmqpError("the queue does not take the message back");
        }
        if (method == AMQP_BASIC_ACK_METHOD) {
            const auto* ack = static_cast<const amqp_basic_ack_t*>(frame.payload.method.decoded);
            const auto end = open.upper_bound(ack->delivery_tag);
            open.erase(ack->multiple != 0 ? open.begin() : open.lower_bound(ack->delivery_tag), end);
        }
        amqp_maybe_release_buffers(connection.get());
    }
}

/// Those that could be taken now.
std::size_t count_messages(AmqpConnection& connection, const std::string& queue) {
    constexpr amqp_boolean_t passive = 1;
    amqp_maybe_release_buffers(connection.get());
    const amqp_queue_declare_ok_t* ok = amqp_queue_declare(
        connection.get(), AmqpConnection::channel, to_bytes(queue), passive, 1, 0, 0, amqp_empty_table);
    connection.check_last("look at " + queue);
    return ok->message_count;
}

std::size_t count_messages(const BrokerOptions& options, const std::string& queue) {
    AmqpConnection connection(options, "dead letters");
    const std::size_t count = count_messages(connection, queue);
    connection.close();
    return count;
}

/// Gives back what was taken. A quorum queue agrees on that with its replicas first, so this waits until they
/// can be taken again: who lists and then replays shall find all of them. Somebody else may have been
/// quicker.
void put_back(AmqpConnection& connection, const std::string& queue, const std::vector<Taken>& all) {
    if (all.empty()) {
        return;
    }
    constexpr amqp_boolean_t multiple = 1;
    constexpr amqp_boolean_t requeue = 1;
    const auto deadline = std::chrono::steady_clock::now() + return_timeout;
    connection.check(
        "give back to " + queue,
        amqp_basic_nack(connection.get(), AmqpConnection::channel, all.back().tag, multiple, requeue));
    while (count_messages(connection, queue) < all.size() && std::chrono::steady_clock::now() < deadline) {
        connection.wait(-1, std::chrono::milliseconds(10));
    }
}

std::size_t replay_some(const BrokerOptions& options, const std::string& queue, std::size_t max) {
    AmqpConnection connection(options, "dead letters");
    connection.select_confirms();
    const auto letters = take(connection, dead_letter_queue_name(queue), max);
    if (letters.empty()) {
        return 0;
    }
    for (const Taken& taken : letters) {
        Delivery delivery = taken.letter.delivery;
        delivery.attempt = 1;
        publish(connection, options.app_id, to_wire(std::move(delivery), queue, ""));
    }
    await_confirmations(connection, letters.size());
    connection.check("acknowledge",
                     amqp_basic_ack(connection.get(), AmqpConnection::channel, letters.back().tag, 1));
    connection.close();
    return letters.size();
}

} // namespace

std::vector<DeadLetter>
list_dead_letters(const BrokerOptions& options, const std::string& queue, std::size_t max) {
    try {
        AmqpConnection connection(options, "dead letters");
        auto all = take(connection, dead_letter_queue_name(queue), max);
        put_back(connection, dead_letter_queue_name(queue), all);
        connection.close();
        std::vector<DeadLetter> letters;
        for (Taken& taken : all) {
            letters.push_back(std::move(taken.letter));
        }
        return letters;
    } catch (const AmqpError& error) {
        throw Unavailable(error.what());
    }
}

std::size_t replay_dead_letters(const BrokerOptions& options, const std::string& queue, std::size_t max) {
    try {
        // What fails again meanwhile comes back to the same queue: only what is there now is moved.
        const std::size_t all = std::min(max, count_messages(options, dead_letter_queue_name(queue)));
        std::size_t moved = 0;
        while (moved < all) {
            const std::size_t wanted = std::min(all - moved, moved_at_once_max);
            const std::size_t now = replay_some(options, queue, wanted);
            moved += now;
            if (now < wanted) {
                break;
            }
        }
        return moved;
    } catch (const AmqpError& error) {
        throw Unavailable(error.what());
    }
}

} // namespace tandem::messaging
