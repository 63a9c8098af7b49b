#include "libs/messaging/publisher_worker.hpp"

#include "libs/telemetry/log.hpp"

namespace tandem::messaging {
namespace {

constexpr std::size_t sent_per_turn_max = 200; // then confirmations are read, so that neither side fills up
constexpr std::chrono::milliseconds turn_max{1'000};
constexpr std::chrono::seconds declare_again_after{2};

} // namespace

PublisherWorker::PublisherWorker(BrokerOptions options, Report report)
    : options_(std::move(options)), report_(std::move(report)),
      published_(
          telemetry::counter("tandem_messages_published_total", "Messages that the broker has confirmed")),
      unroutable_(
          telemetry::counter("tandem_messages_returned_total",
                             "Messages that the broker gave back: unroutable, or refused by a queue")) {}

PublisherWorker::~PublisherWorker() {
    stopping_ = true;
    wakeup_.notify();
    if (thread_.joinable()) {
        thread_.join();
    }
}

void PublisherWorker::start() {
    thread_ = std::thread([this] { run(); });
}

bool PublisherWorker::submit(std::vector<OutgoingItemPtr> items) {
    {
        const std::lock_guard lock(mutex_);
        if (submitted_.size() + items.size() > submitted_max) {
            return false;
        }
        submitted_.insert(
            submitted_.end(), std::make_move_iterator(items.begin()), std::make_move_iterator(items.end()));
    }
    wakeup_.notify();
    return true;
}

void PublisherWorker::run() {
    while (!stopping_) {
        try {
            session();
        } catch (const std::exception& error) {
            if (connected_ || backoff_.worth_a_line()) {
                telemetry::log_warn(connected_ ? "publisher lost the broker"
                                               : "publisher cannot reach the broker",
                                    {{"error", error.what()}, {"unconfirmed", unconfirmed_.size()}});
            }
        }
        connected_ = false;
        put_back_unconfirmed();
        const auto again_at = std::chrono::steady_clock::now() + backoff_.next();
        while (!stopping_ && std::chrono::steady_clock::now() < again_at) {
            wakeup_.clear();
            const auto left = again_at - std::chrono::steady_clock::now();
            wakeup_.wait(std::chrono::ceil<std::chrono::milliseconds>(left));
        }
    }
}

void PublisherWorker::session() {
    AmqpConnection connection(options_, "publisher");
    declare_topology(connection);
    connection.select_confirms();
    last_tag_ = 0;
    blocked_ = false;
    connected_ = true;
    backoff_.reset();
    telemetry::log_info("publisher connected", {{"unconfirmed", waiting_.size()}});
    while (!stopping_) {
        wakeup_.clear();
        take_submitted();
        send_some(connection);
        read_all(connection);
        report_outcomes();
        const bool more = !blocked_ && !waiting_.empty() && unconfirmed_.size() < options_.unconfirmed_max;
        connection.wait(wakeup_.handle(), more ? std::chrono::milliseconds(0) : turn_max);
    }
    connection.close();
}

void PublisherWorker::declare_topology(AmqpConnection& connection) {
    connection.declare_exchange();
    for (const QueueTopology& queue : shop_topology()) {
        connection.declare(queue);
    }
    topology_doubtful_ = false;
    declared_at_ = std::chrono::steady_clock::now();
}

void PublisherWorker::take_submitted() {
    const std::lock_guard lock(mutex_);
    waiting_.insert(waiting_.end(),
                    std::make_move_iterator(submitted_.begin()),
                    std::make_move_iterator(submitted_.end()));
    submitted_.clear();
}

void PublisherWorker::send_some(AmqpConnection& connection) {
    if (blocked_ || waiting_.empty()) {
        return;
    }
    const bool declared_lately = std::chrono::steady_clock::now() - declared_at_ < declare_again_after;
    if (topology_doubtful_ && !declared_lately) {
        declare_topology(connection);
    }
    for (std::size_t sent = 0; sent < sent_per_turn_max; ++sent) {
        if (waiting_.empty() || unconfirmed_.size() >= options_.unconfirmed_max) {
            return;
        }
        OutgoingItemPtr item = std::move(waiting_.front());
        waiting_.pop_front();
        if (item->abandoned) {
            continue;
        }
        item->returned = false;
        const auto [place, added] = unconfirmed_.emplace(++last_tag_, std::move(item));
        publish(connection, options_.app_id, place->second->message);
    }
}

void PublisherWorker::read_all(AmqpConnection& connection) {
    amqp_frame_t frame{};
    while (connection.read_frame(frame)) {
        if (frame.frame_type == AMQP_FRAME_METHOD) {
            on_method(connection, frame.payload.method);
        }
        amqp_maybe_release_buffers(connection.get());
    }
}

void PublisherWorker::on_method(AmqpConnection& connection, const amqp_method_t& method) {
    switch (method.id) {
    case AMQP_BASIC_ACK_METHOD: {
        const auto* ack = static_cast<const amqp_basic_ack_t*>(method.decoded);
        settle(ack->delivery_tag, ack->multiple != 0, true);
        break;
    }
    case AMQP_BASIC_NACK_METHOD: {
        const auto* nack = static_cast<const amqp_basic_nack_t*>(method.decoded);
        settle(nack->delivery_tag, nack->multiple != 0, false);
        break;
    }
    case AMQP_BASIC_RETURN_METHOD:
        on_return(connection, *static_cast<const amqp_basic_return_t*>(method.decoded));
        break;
    case AMQP_CONNECTION_BLOCKED_METHOD:
        telemetry::log_warn("the broker takes no messages: out of memory or disk");
        blocked_ = true;
        connected_ = false;
        break;
    case AMQP_CONNECTION_UNBLOCKED_METHOD:
        blocked_ = false;
        connected_ = true;
        break;
    default:
        break;
    }
}

void PublisherWorker::on_return(AmqpConnection& connection, const amqp_basic_return_t& method) {
    const std::string routing_key(to_view(method.routing_key));
    amqp_message_t message{};
    connection.check("read a returned message",
                     amqp_read_message(connection.get(), AmqpConnection::channel, &message, 0));
    const std::string event_id(to_view(message.properties.message_id));
    amqp_destroy_message(&message);
    // Its confirmation follows: RabbitMQ confirms what it could not route, too.
    for (const auto& [tag, item] : unconfirmed_) {
        const WireMessage& sent = item->message;
        if (!item->returned && sent.event_id == event_id && sent.routing_key == routing_key) {
            item->returned = true;
            break;
        }
    }
    telemetry::log_error("no queue takes this event; it will be published again",
                         {{"routing_key", routing_key}, {"event_id", event_id}});
    topology_doubtful_ = true;
}

void PublisherWorker::settle(std::uint64_t tag, bool multiple, bool confirmed) {
    const auto begin = multiple ? unconfirmed_.begin() : unconfirmed_.lower_bound(tag);
    const auto end = unconfirmed_.upper_bound(tag);
    for (auto entry = begin; entry != end; ++entry) {
        const bool arrived = confirmed && !entry->second->returned;
        (arrived ? published_ : unroutable_).add();
        outcomes_.push_back({std::move(entry->second), arrived});
    }
    unconfirmed_.erase(begin, end);
}

void PublisherWorker::report_outcomes() {
    if (!outcomes_.empty()) {
        report_(std::exchange(outcomes_, {}));
    }
}

void PublisherWorker::put_back_unconfirmed() {
    report_outcomes();
    for (auto entry = unconfirmed_.rbegin(); entry != unconfirmed_.rend(); ++entry) {
        waiting_.push_front(std::move(entry->second));
    }
    unconfirmed_.clear();
}

} // namespace tandem::messaging
