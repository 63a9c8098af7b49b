#pragma once

#include "libs/async/event.hpp"
#include "libs/async/task_group.hpp"
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

/// What follows a commit, within this process: a table takes the broker's place. Events move from
/// the outboxes of the domains into `deliveries`, a row a queue, in one statement; workers hand them
/// to the handlers that the microservices use, with the same rules: at least once, later again
/// after Verdict::retry, kept as dead after the last attempt or Verdict::dead, and held without
/// counting while a handler throws Unavailable. Whatever the database refuses is tried again. A process that
/// dies leaves what it had in hand to be delivered again after a minute. Several processes share the work.
/// The synchronous checkout needs none of this: it is for mails that failed, cancellations, refunds,
/// shipments, welcomes. Metrics: tandem_messages_total{queue,verdict}.
class EventBus {
public:
    EventBus(Executor executor, postgres::Pool& pool, std::vector<Subscription> subscriptions);

    /// Works until `tasks` is cancelled.
    void start(async::TaskGroup& tasks);
    /// Call after a commit that stored events.
    void wake() { stored_.notify(); }

private:
    struct Taken;

    Task<> collect();
    Task<std::size_t> collect_once();
    Task<> work(const Subscription& subscription);
    Task<std::vector<Taken>> take(const Subscription& subscription);
    Task<bool> deliver_next(const Subscription& subscription);
    Task<> deliver(const Subscription& subscription, std::vector<Taken> batch);
    /// So that one bad event harms only itself.
    Task<> deliver_one_by_one(const Subscription& subscription, std::vector<Taken> batch);
    /// They are due again, without counting an attempt.
    Task<> hold(std::vector<std::int64_t> positions);
    Task<> settle(const Subscription& subscription,
                  std::vector<Taken> batch,
                  std::vector<messaging::Verdict> verdicts,
                  std::string error);

    postgres::Pool& pool_;
    std::vector<Subscription> subscriptions_;
    async::Event stored_;
    async::Event moved_;
};

} // namespace tandem::monolith
