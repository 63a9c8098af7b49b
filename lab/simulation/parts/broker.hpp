#pragma once

#include "lab/simulation/world/world.hpp"
#include "libs/messaging/ack_tracker.hpp"
#include "libs/messaging/broker.hpp"

#include <deque>
#include <map>
#include <memory>

namespace tandem::simulation {

/// One consumer's connection to its queue: what the broker has given it, and has not heard of since.
struct Channel {
    std::uint64_t epoch = 1; ///< changes when the connection is lost
    std::uint64_t tag = 0;
    std::size_t prefetch = 0;
    Timestamp last_arrival;
    std::map<std::uint64_t, messaging::Delivery> unacknowledged;
    /// Called at the consumer, on arrival.
    std::function<void(std::uint64_t tag, messaging::Delivery delivery)> deliver;
    std::function<void()> lost;
};

/// RabbitMQ as the shop uses it: one topic exchange, the queues of messaging::shop_topology() with their
/// retry and dead-letter queues, confirms, prefetch, acknowledgement, redelivery. It never loses what it has
/// confirmed; it may give it to somebody late, twice, and in another order.
class Broker {
public:
    explicit Broker(World& world);

    /// What the exchange does with an event that has come.
    void route(const messaging::OutgoingEvent& event);
    /// The same for a message that names its queue: "x", "x.retry.2", "x.dlq".
    void enqueue(const messaging::QueueMessage& message);

    std::shared_ptr<Channel> consume(const std::string& queue, std::size_t prefetch);
    void acknowledge(const std::string& queue,
                     const std::shared_ptr<Channel>& channel,
                     std::uint64_t epoch,
                     const std::vector<messaging::Ack>& acks);
    /// The connection is lost: what is not acknowledged comes again, to whoever consumes then.
    void disconnect(const std::string& queue, const std::shared_ptr<Channel>& channel, bool for_good);

    /// Messages that are nowhere yet, or were given up. At rest there are none.
    struct Rest {
        std::string queue;
        std::string what;
    };
    std::vector<Rest> rest() const;
    std::uint64_t delivered() const { return delivered_; }

private:
    struct Queue {
        std::string name;
        std::deque<messaging::Delivery> ready;
        std::vector<std::shared_ptr<Channel>> channels;
        std::size_t next_channel = 0;
        std::size_t waiting_to_retry = 0;
        std::vector<messaging::QueueMessage> dead;
    };
    void put(Queue& queue, messaging::Delivery delivery);
    void pump(Queue& queue);
    void send(Queue& queue, const std::shared_ptr<Channel>& channel);
    Queue& find(const std::string& name);

    World& world_;
    std::vector<Queue> queues_;
    std::uint64_t delivered_ = 0;
};

/// "order.paid #1a": how a story names a message.
std::string name_of(const messaging::Delivery& delivery);
std::string name_of(const messaging::OutgoingEvent& event);

} // namespace tandem::simulation
