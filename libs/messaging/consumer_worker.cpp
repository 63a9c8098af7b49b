#include "libs/messaging/consumer_worker.hpp"

#include "libs/telemetry/log.hpp"

namespace tandem::messaging {
namespace {

constexpr std::size_t read_per_turn_max = 200; // then acknowledgements go out
constexpr std::chrono::milliseconds turn_max{1'000};

} // namespace

ConsumerWorker::ConsumerWorker(
    BrokerOptions options, QueueTopology queue, std::uint16_t prefetch, Signal on_arrival, Signal on_end)
    : options_(std::move(options)), queue_(std::move(queue)), prefetch_(prefetch),
      on_arrival_(std::move(on_arrival)), on_end_(std::move(on_end)) {}

ConsumerWorker::~ConsumerWorker() {
    request_stop();
    if (thread_.joinable()) {
        thread_.join();
    }
}

void ConsumerWorker::start() {
    thread_ = std::thread([this] { run(); });
}

void ConsumerWorker::request_stop() {
    stopping_ = true;
    wakeup_.notify();
}

std::vector<Inbound> ConsumerWorker::take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(arrived_, {});
}

void ConsumerWorker::acknowledge(std::uint64_t epoch, std::vector<Ack> acks) {
    {
        const std::lock_guard lock(mutex_);
        if (epoch != epoch_) {
            return;
        }
        acks_.insert(acks_.end(), acks.begin(), acks.end());
    }
    wakeup_.notify();
}

void ConsumerWorker::run() {
    while (!stopping_) {
        try {
            session();
        } catch (const std::exception& error) {
            const bool lost = epoch_ != 0;
            if (lost || backoff_.worth_a_line()) {
                telemetry::log_warn(lost ? "consumer lost the broker" : "consumer cannot reach the broker",
                                    {{"queue", queue_.name}, {"error", error.what()}});
            }
        }
        end_epoch();
        const auto again_at = std::chrono::steady_clock::now() + backoff_.next();
        while (!stopping_ && std::chrono::steady_clock::now() < again_at) {
            wakeup_.clear();
            const auto left = again_at - std::chrono::steady_clock::now();
            wakeup_.wait(std::chrono::ceil<std::chrono::milliseconds>(left));
        }
    }
    on_end_();
}

void ConsumerWorker::session() {
    AmqpConnection connection(options_, queue_.name);
    connection.declare_exchange();
    connection.declare(queue_);
    amqp_basic_qos(connection.get(), AmqpConnection::channel, 0, prefetch_, 0);
    connection.check_last("set the prefetch");
    amqp_basic_consume(connection.get(),
                       AmqpConnection::channel,
                       to_bytes(queue_.name),
                       amqp_empty_bytes,
                       0,
                       0,
                       0,
                       amqp_empty_table);
    connection.check_last("consume");
    begin_epoch();
    telemetry::log_info("consumer connected", {{"queue", queue_.name}});
    while (!stopping_) {
        wakeup_.clear();
        send_acks(connection);
        read_all(connection);
        connection.wait(wakeup_.handle(), turn_max);
    }
    send_acks(connection);
    connection.close();
}

void ConsumerWorker::begin_epoch() {
    const std::lock_guard lock(mutex_);
    epoch_ = ++epochs_;
    backoff_.reset();
}

void ConsumerWorker::end_epoch() {
    {
        const std::lock_guard lock(mutex_);
        epoch_ = 0;
        arrived_.clear();
        acks_.clear();
    }
    on_arrival_(); // whoever waits for a delivery or holds a batch should look again
}

bool ConsumerWorker::read_delivery(AmqpConnection& connection) {
    const timeval at_once{};
    amqp_envelope_t envelope{};
    amqp_maybe_release_buffers(connection.get());
    const amqp_rpc_reply_t reply = amqp_consume_message(connection.get(), &envelope, &at_once, 0);
    if (reply.reply_type == AMQP_RESPONSE_NORMAL) {
        Inbound inbound{
            epochs_,
            envelope.delivery_tag,
            to_delivery(to_view(envelope.routing_key), envelope.redelivered != 0, envelope.message)};
        amqp_destroy_envelope(&envelope);
        const std::lock_guard lock(mutex_);
        arrived_.push_back(std::move(inbound));
        return true;
    }
    const bool something_else = reply.reply_type == AMQP_RESPONSE_LIBRARY_EXCEPTION &&
                                reply.library_error == AMQP_STATUS_UNEXPECTED_STATE;
    if (something_else) {
        amqp_frame_t frame{};
        connection.read_frame(frame);
        return true;
    }
    const bool nothing_left =
        reply.reply_type == AMQP_RESPONSE_LIBRARY_EXCEPTION && reply.library_error == AMQP_STATUS_TIMEOUT;
    if (!nothing_left) {
        connection.check("receive", reply);
    }
    return false;
}

void ConsumerWorker::read_all(AmqpConnection& connection) {
    std::size_t count = 0;
    while (count < read_per_turn_max && read_delivery(connection)) {
        ++count;
    }
    if (count > 0) {
        on_arrival_();
    }
    if (count == read_per_turn_max) {
        wakeup_.notify();
    }
}

void ConsumerWorker::send_acks(AmqpConnection& connection) {
    std::vector<Ack> acks;
    {
        const std::lock_guard lock(mutex_);
        acks = std::exchange(acks_, {});
    }
    for (const Ack& ack : acks) {
        connection.check(
            "acknowledge",
            amqp_basic_ack(connection.get(), AmqpConnection::channel, ack.tag, ack.multiple ? 1 : 0));
    }
}

} // namespace tandem::messaging
