#pragma once

#include "libs/kernel/task.hpp"
#include "libs/messaging/event.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace tandem::messaging {

struct BrokerOptions {
    std::string url;    ///< amqp://user:password@host:port/vhost; no vhost means "/"
    std::string app_id; ///< AMQP app_id of what is published: the service's name
    std::chrono::seconds heartbeat{10};
    std::size_t unconfirmed_max = 1000;
};

/// One consumer's queue with its retry path and dead-letter queue. All are durable quorum queues
/// without a delivery limit (the default of RabbitMQ 3.10): a crash is not the message's fault. The
/// retry queues dead-letter at least once, so that not even a broker's crash loses a message in
/// transit. A queue that exists with other delays is refused by the broker: give it a new name.
///   exchange ecommerce_events --binding keys--> <name>
///   <name>.retry.1, .2, ...  (TTL retry_delays[i], dead-lettered back to <name>)
///   <name>.dlq
struct QueueTopology {
    std::string name;
    std::vector<std::string> binding_keys; ///< routing keys or patterns of the topic exchange
    std::vector<std::chrono::milliseconds> retry_delays{std::chrono::milliseconds(1'000),
                                                        std::chrono::milliseconds(5'000),
                                                        std::chrono::milliseconds(30'000),
                                                        std::chrono::milliseconds(120'000)};

    /// A message that fails with this attempt goes to the dead-letter queue.
    int attempts_max() const { return static_cast<int>(retry_delays.size()) + 1; }
};

inline constexpr std::string_view events_exchange = "ecommerce_events";

/// Every queue of the shop with what it is bound to: the one place that shows the whole topology.
const std::vector<QueueTopology>& shop_topology();
const QueueTopology& shop_queue(std::string_view name);

/// A raw message for one queue by name. `reason` becomes the header x-error.
struct QueueMessage {
    std::string queue;
    Delivery delivery;
    std::string reason;
};

/// Publishes with publisher confirms (RabbitMQ "Publisher Confirms"), `mandatory`, persistent. One
/// thread of its own talks AMQP (librabbitmq); the event loop never blocks. On a lost connection it
/// reconnects with backoff, declares the exchange and every queue of shop_topology(), and publishes
/// again what was not confirmed: at least once. An event that no queue takes is an error, never a
/// loss: it is logged, counted (tandem_messages_returned_total), the topology is declared again,
/// and it is published again with backoff. At most 50,000 messages wait; beyond it Unavailable. Use
/// from the event loop's thread.
class Publisher {
public:
    Publisher(Executor executor, BrokerOptions options);
    ~Publisher();

    void start();
    bool ready() const; ///< connected, and the broker takes messages

    /// Resumes when the broker has confirmed every event, in any order of confirmation; they are
    /// sent in the given order. Waits through broker outages. Throws operation_aborted when
    /// cancelled: an event may then still be published.
    Task<> publish(std::vector<OutgoingEvent> events);

    /// Sends raw messages to one queue through the default exchange (retry and dead-letter paths).
    Task<> publish_to_queue(std::string queue, Delivery delivery, std::string reason);

    /// One attempt, at most until `deadline`: tells for each event whether the broker has confirmed
    /// it. The others were unroutable, refused, or unanswered: those may still have been published.
    Task<std::vector<bool>> try_publish(std::vector<OutgoingEvent> events,
                                        std::chrono::steady_clock::time_point deadline);
    /// The same for raw messages to queues.
    Task<std::vector<bool>> try_publish_to_queues(std::vector<QueueMessage> messages,
                                                  std::chrono::steady_clock::time_point deadline);

private:
    struct State;
    std::shared_ptr<State> state_;
};

/// What to do with a delivery after the handler has looked at it.
enum class Verdict {
    done,      ///< its effect is committed: acknowledge
    duplicate, ///< its effect was committed before: acknowledge
    retry,     ///< it failed for a reason of its own: next retry queue, or the DLQ after the last
    dead,      ///< it can never succeed (not JSON, a field is missing): DLQ at once, whole
};

/// The message may go: it is acknowledged.
constexpr bool is_handled(Verdict verdict) {
    return verdict == Verdict::done || verdict == Verdict::duplicate;
}

/// Handles one batch: one verdict per delivery, in order. Effects must be committed when it
/// returns. It throws Unavailable when the environment is broken: the batch is then kept
/// unacknowledged and tried again with backoff, without counting an attempt. Any other exception, and
/// postgres::StatementTimeout, which a living server has answered: the deliveries are handled one by
/// one, and the one that throws alone gets Verdict::retry. A delivery whose event_id is no UUID is dead
/// without asking: no inbox could take it.
using BatchHandler = std::function<Task<std::vector<Verdict>>(std::vector<Delivery> batch)>;

struct ConsumerOptions {
    std::uint16_t prefetch = 500;
    std::size_t batch_max = 200; ///< takes what is there, never waits for more
    std::size_t concurrency = 1; ///< batches in progress at most; 1 keeps the queue's order
};

/// Consumes one queue with manual acknowledgement (multiple where possible). Reconnects,
/// redeclares. Its own thread talks AMQP; the handler runs on the event loop. What is not done goes
/// to the next retry queue or to the DLQ, and is acknowledged once it is confirmed there. After a
/// lost connection the broker delivers again what was in hand: at least once. Metrics:
/// tandem_messages_total{queue,verdict}, tandem_message_duration_seconds{queue}.
class Consumer {
public:
    Consumer(Executor executor,
             BrokerOptions options,
             QueueTopology queue,
             ConsumerOptions consumer_options,
             Publisher& publisher,
             BatchHandler handler);
    ~Consumer();

    void start();
    bool ready() const;
    /// Stops taking, finishes and acknowledges the batches in hand. Await before destruction.
    Task<> stop();

private:
    struct State;
    std::shared_ptr<State> state_;
};

} // namespace tandem::messaging
