#pragma once

#include "libs/async/event.hpp"
#include "libs/async/task_group.hpp"
#include "libs/postgres/pool.hpp"
#include "monolith/infrastructure/queue_worker.hpp"

#include <cstddef>
#include <deque>
#include <vector>

namespace tandem::monolith {

/// What follows a commit, within this process: a table takes the broker's place. Events move from
/// the outboxes of the domains into `deliveries`, a row a queue, in one statement; workers hand them
/// to the handlers that the microservices use, with the same rules: at least once, later again
/// after Verdict::retry, kept as dead after the last attempt or Verdict::dead, and held without
/// counting while a handler throws Unavailable. Whatever the database refuses is tried again. A
/// process that dies leaves what it had in hand to be delivered again after a minute. Several
/// processes share the work. The synchronous checkout needs none of this: it is for mails that
/// failed, cancellations, refunds, shipments, welcomes.
/// Metrics: tandem_messages_total{queue,verdict}.
class EventBus {
public:
    EventBus(Executor executor, postgres::Pool& pool, std::vector<Subscription> subscriptions);

    /// Works until `tasks` is cancelled.
    void start(async::TaskGroup& tasks);
    /// Call after a commit that stored events.
    void wake() { stored_.notify(); }

private:
    Task<bool> collect();
    Task<std::int64_t> move_events();

    postgres::Pool& pool_;
    async::Event stored_;
    async::Event moved_;
    std::deque<QueueWorker> workers_; ///< do not move: their tasks work upon them
};

} // namespace tandem::monolith
