#pragma once

#include "libs/messaging/amqp_message.hpp"
#include "libs/messaging/wakeup.hpp"
#include "libs/telemetry/metrics.hpp"

#include <atomic>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace tandem::messaging {

struct Ticket;

/// One message on its way through the publisher's thread.
struct OutgoingItem {
    WireMessage message;
    std::weak_ptr<Ticket> ticket; ///< locked on the event loop only
    std::size_t index = 0;        ///< within the ticket
    std::atomic<bool> abandoned = false;
    bool returned = false; ///< the broker could not route it; the publisher's thread only
};
using OutgoingItemPtr = std::shared_ptr<OutgoingItem>;

struct Outcome {
    OutgoingItemPtr item;
    bool confirmed = false; ///< false: returned as unroutable, or refused by the queue
};

/// The publisher's thread: all amqp_* calls happen in `run`. Items wait in `submitted_`, are
/// numbered by publish order in `unconfirmed_`, and end as an Outcome. A lost connection puts what is
/// unconfirmed back to the front, in order.
class PublisherWorker {
public:
    using Report = std::function<void(std::vector<Outcome>)>; ///< called on the publisher's thread

    PublisherWorker(BrokerOptions options, Report report);
    ~PublisherWorker();

    void start();
    /// False when too much waits already. Any thread.
    bool submit(std::vector<OutgoingItemPtr> items);
    bool connected() const { return connected_; }

private:
    void run();
    void session();
    void declare_topology(AmqpConnection& connection);
    void take_submitted();
    void send_some(AmqpConnection& connection);
    void read_all(AmqpConnection& connection);
    void on_method(AmqpConnection& connection, const amqp_method_t& method);
    void on_return(AmqpConnection& connection, const amqp_basic_return_t& method);
    void settle(std::uint64_t tag, bool multiple, bool confirmed);
    void report_outcomes();
    void put_back_unconfirmed();

    static constexpr std::size_t submitted_max = 50'000;

    const BrokerOptions options_;
    const Report report_;
    const telemetry::Counter published_;
    const telemetry::Counter unroutable_;
    Wakeup wakeup_;
    std::atomic<bool> stopping_ = false;
    std::atomic<bool> connected_ = false;
    std::mutex mutex_;
    std::vector<OutgoingItemPtr> submitted_; // guarded by mutex_

    // The thread's own.
    std::deque<OutgoingItemPtr> waiting_;
    std::map<std::uint64_t, OutgoingItemPtr> unconfirmed_;
    std::vector<Outcome> outcomes_;
    std::uint64_t last_tag_ = 0;
    bool blocked_ = false;
    bool topology_doubtful_ = false;
    std::chrono::steady_clock::time_point declared_at_;
    Backoff backoff_;
    std::thread thread_;
};

} // namespace tandem::messaging
