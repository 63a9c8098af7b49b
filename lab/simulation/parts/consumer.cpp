#include "lab/simulation/parts/consumer.hpp"

#include "libs/messaging/retry_path.hpp"
#include "libs/messaging/wakeup.hpp"

namespace tandem::simulation {

using messaging::Delivery;
using messaging::Judgement;

Consuming::Consuming(World& world,
                     Broker& broker,
                     Node& node,
                     const messaging::QueueTopology& queue,
                     messaging::ConsumerOptions options,
                     messaging::BatchHandler handler)
    : world_(world), broker_(broker), node_(node), queue_(queue), options_(options),
      publishing_(world, broker, node), judge_(queue.name, std::move(handler)), arrived_(node) {}

Consuming::~Consuming() {
    if (channel_) {
        broker_.disconnect(queue_.name, channel_, true);
    }
}

void Consuming::start() {
    channel_ = broker_.consume(queue_.name, options_.prefetch);
    channel_->deliver = [this](std::uint64_t tag, Delivery delivery) {
        tracker_.delivered(tag);
        waiting_.emplace_back(tag, std::move(delivery));
        arrived_.notify();
        if (world_.strikes(Fault::connection_lost, node_.name())) {
            lose_connection();
        }
    };
    node_.spawn(run());
}

void Consuming::lose_connection() {
    waiting_.clear();
    tracker_ = messaging::AckTracker();
    broker_.disconnect(queue_.name, channel_, false);
    arrived_.notify();
}

Consuming::Batch Consuming::take() {
    Batch batch;
    batch.epoch = channel_->epoch;
    while (!waiting_.empty() && batch.tags.size() < options_.batch_max) {
        batch.tags.push_back(waiting_.front().first);
        batch.deliveries.push_back(std::move(waiting_.front().second));
        waiting_.pop_front();
    }
    return batch;
}

Task<> Consuming::run() {
    for (;;) {
        while (in_progress_ < options_.concurrency && !waiting_.empty()) {
            ++in_progress_;
            node_.spawn(process(take()));
        }
        co_await arrived_.wait();
    }
}

Task<> Consuming::process(Batch batch) {
    for (const Delivery& delivery : batch.deliveries) {
        world_.story.tell(
            node_.name(), "takes {}{}", name_of(delivery), delivery.redelivered ? " again" : "");
    }
    if (world_.has(Bug::ack_before_work)) {
        co_await acknowledge(batch.epoch, tracker_.settle(batch.tags));
    }
    messaging::Judge::Hold hold_batch = [this, epoch = batch.epoch](std::chrono::milliseconds pause) {
        return hold(pause, epoch);
    };
    auto judgements = co_await judge_.judge(batch.deliveries, std::move(hold_batch));
    if (judgements) {
        co_await settle(std::move(batch), *std::move(judgements));
    }
    --in_progress_;
    arrived_.notify();
}

Task<> Consuming::settle(Batch batch, std::vector<Judgement> judgements) {
    std::vector<messaging::QueueMessage> moves;
    for (std::size_t i = 0; i < judgements.size(); ++i) {
        if (!messaging::is_handled(judgements[i].verdict)) {
            moves.push_back(messaging::moved(queue_, batch.deliveries[i], judgements[i]));
        }
    }
    if (!moves.empty() && !world_.has(Bug::forgotten_failure)) {
        const bool all_moved = co_await move(std::move(moves), batch.epoch);
        if (!all_moved) {
            co_return;
        }
    }
    if (batch.epoch == channel_->epoch && !world_.has(Bug::ack_before_work)) {
        co_await acknowledge(batch.epoch, tracker_.settle(batch.tags));
    }
}

Task<bool> Consuming::move(std::vector<messaging::QueueMessage> messages, std::uint64_t epoch) {
    messaging::Backoff backoff;
    for (;;) {
        const auto confirmed = co_await publishing_.try_publish_to_queues(messages);
        std::vector<messaging::QueueMessage> left;
        for (std::size_t i = 0; i < messages.size(); ++i) {
            if (!confirmed[i]) {
                left.push_back(std::move(messages[i]));
            }
        }
        if (left.empty()) {
            co_return true;
        }
        messages = std::move(left);
        const bool go_on = co_await hold(backoff.next(), epoch);
        if (!go_on) {
            co_return false;
        }
    }
}

Task<bool> Consuming::hold(std::chrono::milliseconds pause, std::uint64_t epoch) {
    co_await node_.sleep(pause);
    co_return channel_->epoch == epoch;
}

Task<> Consuming::acknowledge(std::uint64_t epoch, std::vector<messaging::Ack> acks) {
    co_await node_.sleep(world_.between_us(100, 800));
    broker_.acknowledge(queue_.name, channel_, epoch, acks);
}

} // namespace tandem::simulation
