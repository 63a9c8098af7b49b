#pragma once

#include "libs/async/event.hpp"
#include "libs/messaging/broker.hpp"
#include "libs/postgres/pool.hpp"

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

/// Hands a queue's deliveries to its handler, and notes what became of them.
class QueueWorker {
public:
    /// `moved` tells that there may be some.
    QueueWorker(postgres::Pool& pool, async::Event& moved, Subscription subscription)
        : pool_(pool), moved_(moved), subscription_(std::move(subscription)) {}

    const Subscription& subscription() const { return subscription_; }
    /// Works until it is cancelled. May run several times at once.
    Task<> work();

private:
    struct Taken;

    Task<bool> deliver_next();
    Task<std::vector<Taken>> take();
    Task<> deliver(std::vector<Taken> batch);
    /// So that one bad event harms only itself.
    Task<> deliver_one_by_one(std::vector<Taken> batch);
    /// They are due again, without counting an attempt.
    Task<> hold(std::vector<std::int64_t> positions);
    Task<> settle(std::vector<Taken> batch, std::vector<messaging::Verdict> verdicts, std::string error);

    postgres::Pool& pool_;
    async::Event& moved_;
    Subscription subscription_;
};

} // namespace tandem::monolith
