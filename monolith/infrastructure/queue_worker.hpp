#pragma once

#include "libs/async/event.hpp"
#include "libs/messaging/judge.hpp"
#include "libs/postgres/pool.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace tandem::monolith {

/// Who wants to hear of what, and how.
struct Subscription {
    std::string queue;
    std::vector<std::string> routing_keys;
    messaging::BatchHandler handler;
    std::size_t batch_max = 100;
    std::size_t concurrency = 1; ///< batches in progress; 1 keeps the queue's order
};

/// Hands a queue's deliveries to its handler, and notes what became of them. They are judged as the
/// microservices' messages are (messaging::Judge).
class QueueWorker {
public:
    /// `moved` tells that there may be some.
    QueueWorker(postgres::Pool& pool, async::Event& moved, Subscription subscription)
        : pool_(pool), moved_(moved), subscription_(std::move(subscription)),
          judge_(subscription_.queue, subscription_.handler) {}

    const Subscription& subscription() const { return subscription_; }
    /// Works until it is cancelled; then somebody takes again what is in hand. May run several times at once.
    Task<> work();

private:
    struct Taken;
    using Judgements = std::vector<messaging::Judgement>;

    Task<bool> deliver_next();
    Task<std::vector<Taken>> take();
    /// Pauses, and keeps them in hand: nobody else is to take them.
    Task<bool> hold(std::vector<std::int64_t> positions, std::chrono::milliseconds pause);
    Task<> settle(std::vector<Taken> batch, Judgements judgements);

    postgres::Pool& pool_;
    async::Event& moved_;
    Subscription subscription_;
    messaging::Judge judge_;
};

} // namespace tandem::monolith
