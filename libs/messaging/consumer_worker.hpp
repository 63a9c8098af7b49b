#pragma once

#include "libs/messaging/ack_tracker.hpp"
#include "libs/messaging/amqp_message.hpp"
#include "libs/messaging/wakeup.hpp"

#include <atomic>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace tandem::messaging {

/// A delivery of one connection: `tag` means something only while `epoch` is the worker's epoch.
struct Inbound {
    std::uint64_t epoch = 0;
    std::uint64_t tag = 0;
    Delivery delivery;
};

/// The consumer's thread: all amqp_* calls happen in `run`. What it holds is bounded by the
/// prefetch: the broker sends no more until something is acknowledged.
class ConsumerWorker {
public:
    using Signal = std::function<void()>; ///< called on the consumer's thread

    ConsumerWorker(
        BrokerOptions options, QueueTopology queue, std::uint16_t prefetch, Signal on_arrival, Signal on_end);
    ~ConsumerWorker();

    void start();
    /// Sends what is still to be acknowledged, says goodbye, ends the thread, then signals `on_end`.
    void request_stop();
    bool started() const { return thread_.joinable(); }

    std::vector<Inbound> take();
    /// Dropped silently when `epoch` has passed: the broker delivers those again.
    void acknowledge(std::uint64_t epoch, std::vector<Ack> acks);
    /// Counts connections from 1; 0 while there is none.
    std::uint64_t epoch() const { return epoch_; }

private:
    void run();
    void session();
    void begin_epoch();
    void end_epoch();
    bool read_delivery(AmqpConnection& connection);
    void read_all(AmqpConnection& connection);
    void send_acks(AmqpConnection& connection);

    const BrokerOptions options_;
    const QueueTopology queue_;
    const std::uint16_t prefetch_;
    const Signal on_arrival_;
    const Signal on_end_;
    Wakeup wakeup_;
    std::atomic<bool> stopping_ = false;
    std::atomic<std::uint64_t> epoch_ = 0;
    std::mutex mutex_;
    std::vector<Inbound> arrived_; // guarded by mutex_
    std::vector<Ack> acks_;        // guarded by mutex_; all of the present epoch

    // The thread's own.
    std::uint64_t epochs_ = 0;
    Backoff backoff_;
    std::thread thread_;
};

} // namespace tandem::messaging
