#pragma once

#include "libs/async/event.hpp"
#include "libs/async/task_group.hpp"
#include "services/payment/core/charging.hpp"

#include <chrono>
#include <cstddef>

namespace tandem::payment {

struct WorkerOptions {
    std::size_t concurrency = 256;             ///< turns in hand
    std::chrono::milliseconds scan_every{250}; ///< for payments that become due by time
};

/// Takes due payments and their turns, many at once. `due` tells that there may be some. No claim and
/// no turn that fails ends it: a turn's payment is taken again when its lease is over.
/// Metrics: tandem_payments_in_hand, tandem_payment_turn_duration_seconds.
class PaymentWorker {
public:
    PaymentWorker(Executor executor, Charging& charging, async::Event& due, WorkerOptions options);

    /// Works until it is cancelled; then `drain`.
    Task<> run();
    /// False before `run` begins and after it has ended.
    bool running() const { return running_; }
    /// Waits for the turns in hand: each has its own deadline. Await before destruction.
    Task<> drain();

private:
    Task<bool> look();
    Task<std::size_t> begin_turns();
    Task<> take_turn(Payment payment);

    Charging& charging_;
    async::Event& due_;
    WorkerOptions options_;
    async::TaskGroup turns_;
    bool running_ = false;
};

} // namespace tandem::payment
