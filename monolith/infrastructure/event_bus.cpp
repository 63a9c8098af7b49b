#include "monolith/infrastructure/event_bus.hpp"

#include "libs/async/sleep.hpp"
#include "libs/telemetry/log.hpp"
#include "monolith/infrastructure/event_bus_statements.hpp"

#include <boost/system/system_error.hpp>

namespace tandem::monolith {
namespace {

using namespace std::chrono_literals;

constexpr auto look_at_outboxes_every = 500ms;
constexpr auto pause_after_failure = 500ms;

} // namespace

EventBus::EventBus(Executor executor, postgres::Pool& pool, std::vector<Subscription> subscriptions)
    : pool_(pool), stored_(executor), moved_(executor) {
    for (Subscription& subscription : subscriptions) {
        workers_.emplace_back(pool_, moved_, std::move(subscription));
    }
}

void EventBus::start(async::TaskGroup& tasks) {
    tasks.spawn("outboxes", collect());
    for (QueueWorker& worker : workers_) {
        for (std::size_t i = 0; i < worker.subscription().concurrency; ++i) {
            tasks.spawn(worker.subscription().queue, worker.work());
        }
    }
}

Task<> EventBus::collect() {
    for (;;) {
        bool failed = false;
        std::size_t moved = 0;
        try {
            moved = co_await collect_once();
        } catch (const boost::system::system_error&) {
            throw; // cancelled
        } catch (const std::exception& error) {
            telemetry::log_warn("events wait in their outboxes", {{"error", error.what()}});
            failed = true;
        }
        if (moved > 0) {
            moved_.notify();
        }
        if (failed) {
            co_await async::sleep_for(pause_after_failure);
        } else if (moved == 0) {
            co_await stored_.wait_for(look_at_outboxes_every);
        }
    }
}

Task<std::size_t> EventBus::collect_once() {
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
    co_return static_cast<std::size_t>(moved);
}

} // namespace tandem::monolith
