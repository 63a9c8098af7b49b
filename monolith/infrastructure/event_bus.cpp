#include "monolith/infrastructure/event_bus.hpp"

#include "libs/async/keep_going.hpp"
#include "monolith/infrastructure/event_bus_statements.hpp"

namespace tandem::monolith {
namespace {

using namespace std::chrono_literals;

constexpr auto look_at_outboxes_every = 500ms;
constexpr async::Rests rests{.first = 500ms, .longest = 500ms};

} // namespace

EventBus::EventBus(Executor executor, postgres::Pool& pool, std::vector<Subscription> subscriptions)
    : pool_(pool), stored_(executor), moved_(executor) {
    for (Subscription& subscription : subscriptions) {
        workers_.emplace_back(pool_, moved_, std::move(subscription));
    }
}

void EventBus::start(async::TaskGroup& tasks) {
    tasks.spawn("outboxes", async::keep_going("outboxes", [this] { return collect(); }, rests));
    for (QueueWorker& worker : workers_) {
        for (std::size_t i = 0; i < worker.subscription().concurrency; ++i) {
            tasks.spawn(worker.subscription().queue, worker.work());
        }
    }
}

Task<bool> EventBus::collect() {
    const std::int64_t moved = co_await move_events();
    if (moved > 0) {
        moved_.notify();
    } else {
        co_await stored_.wait_for(look_at_outboxes_every);
    }
    co_return true;
}

Task<std::int64_t> EventBus::move_events() {
    std::vector<std::string> keys;
    std::vector<std::string> queues;
    for (const QueueWorker& worker : workers_) {
        for (const std::string& key : worker.subscription().routing_keys) {
            keys.push_back(key);
            queues.push_back(worker.subscription().queue);
        }
    }
    std::vector<postgres::Statement> unit;
    for (const postgres::Query& outbox : take_from_outboxes()) {
        unit.push_back({outbox, postgres::Params(keys, queues)});
    }
    std::int64_t moved = 0;
    const auto results = co_await pool_.execute(std::move(unit));
    for (const postgres::Rows& rows : results) {
        moved += rows[0].integer(0);
    }
    co_return moved;
}

} // namespace tandem::monolith
