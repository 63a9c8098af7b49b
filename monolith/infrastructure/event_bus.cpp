#include "monolith/infrastructure/event_bus.hpp"

#include "libs/async/sleep.hpp"
#include "libs/kernel/unavailable.hpp"
#include "libs/telemetry/log.hpp"
#include "libs/telemetry/metrics.hpp"
#include "monolith/infrastructure/event_bus_statements.hpp"

#include <boost/system/system_error.hpp>

#include <algorithm>

namespace tandem::monolith {
namespace {

using namespace std::chrono_literals;
using messaging::Verdict;

constexpr auto look_at_outboxes_every = 500ms;
constexpr auto look_at_deliveries_every = 1s;
constexpr auto pause_after_failure = 500ms;

std::string_view to_string(Verdict verdict) {
    switch (verdict) {
    case Verdict::done:
        return "done";
    case Verdict::retry:
        return "retry";
    case Verdict::dead:
        return "dead";
    }
    std::unreachable();
}

void count(const std::string& queue, Verdict verdict) {
    telemetry::counter("tandem_messages_total",
                       "Messages by what became of them",
                       {{"queue", queue}, {"verdict", std::string(to_string(verdict))}})
        .add();
}

} // namespace

struct EventBus::Taken {
    std::int64_t position = 0;
    messaging::Delivery delivery;
};

EventBus::EventBus(Executor executor, postgres::Pool& pool, std::vector<Subscription> subscriptions)
    : pool_(pool), subscriptions_(std::move(subscriptions)), stored_(executor), moved_(executor) {}

void EventBus::start(async::TaskGroup& tasks) {
    tasks.spawn("outboxes", collect());
    for (const Subscription& subscription : subscriptions_) {
        for (std::size_t worker = 0; worker < subscription.concurrency; ++worker) {
            tasks.spawn(subscription.queue, work(subscription));
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
    for (const Subscription& subscription : subscriptions_) {
        for (const std::string& key : subscription.routing_keys) {
            keys.push_back(key);
            queues.push_back(subscription.queue);
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

Task<> EventBus::work(const Subscription& subscription) {
    for (;;) {
        bool failed = false;
        bool found = false;
        try {
            found = co_await deliver_next(subscription);
        } catch (const boost::system::system_error&) {
            throw; // cancelled: somebody takes again what is in hand
        } catch (const std::exception& error) {
            telemetry::log_warn("holding events until their handler can work again",
                                {{"queue", subscription.queue}, {"error", error.what()}});
            failed = true;
        }
        if (failed) {
            co_await async::sleep_for(pause_after_failure);
        } else if (!found) {
            co_await moved_.wait_for(look_at_deliveries_every);
        }
    }
}

Task<bool> EventBus::deliver_next(const Subscription& subscription) {
    auto batch = co_await take(subscription);
    if (batch.empty()) {
        co_return false;
    }
    co_await deliver(subscription, std::move(batch));
    co_return true;
}

Task<std::vector<EventBus::Taken>> EventBus::take(const Subscription& subscription) {
    std::vector<postgres::Statement> unit{take_deliveries(subscription.queue, subscription.batch_max)};
    const auto results = co_await pool_.execute(std::move(unit));
    std::vector<Taken> batch;
    for (const postgres::Row row : results[0]) {
        batch.push_back({row.integer(0),
                         {.event_id = row.text(1),
                          .event_type = row.text(2),
                          .routing_key = row.text(3),
                          .body = row.text(4),
                          .context = {row.text(5), row.text(6)},
                          .attempt = static_cast<int>(row.integer(7))}});
    }
    std::ranges::sort(batch, {}, &Taken::position);
    co_return batch;
}

Task<> EventBus::deliver(const Subscription& subscription, std::vector<Taken> batch) {
    std::vector<messaging::Delivery> deliveries;
    std::vector<std::int64_t> positions;
    for (const Taken& taken : batch) {
        deliveries.push_back(taken.delivery);
        positions.push_back(taken.position);
    }
    std::vector<Verdict> verdicts;
    std::string error;
    std::exception_ptr away;
    try {
        verdicts = co_await subscription.handler(std::move(deliveries));
    } catch (const Unavailable&) {
        away = std::current_exception();
    } catch (const boost::system::system_error&) {
        throw;
    } catch (const std::exception& problem) {
        error = problem.what();
    }
    if (away) {
        co_await hold(std::move(positions));
        std::rethrow_exception(away);
    }
    if (error.empty()) {
        co_await settle(subscription, std::move(batch), std::move(verdicts), "the handler asks for it");
    } else if (batch.size() == 1) {
        co_await settle(subscription, std::move(batch), {Verdict::retry}, std::move(error));
    } else {
        co_await deliver_one_by_one(subscription, std::move(batch));
    }
}

Task<> EventBus::deliver_one_by_one(const Subscription& subscription, std::vector<Taken> batch) {
    std::exception_ptr away;
    std::vector<std::int64_t> not_tried;
    for (Taken& taken : batch) {
        if (away) {
            not_tried.push_back(taken.position);
            continue;
        }
        std::vector<Taken> alone;
        alone.push_back(std::move(taken));
        try {
            co_await deliver(subscription, std::move(alone));
        } catch (const Unavailable&) {
            away = std::current_exception();
        }
    }
    if (away) {
        co_await hold(std::move(not_tried));
        std::rethrow_exception(away);
    }
}

Task<> EventBus::hold(std::vector<std::int64_t> positions) {
    std::vector<postgres::Statement> unit{put_back(positions)};
    co_await pool_.execute(std::move(unit));
}

Task<> EventBus::settle(const Subscription& subscription,
                        std::vector<Taken> batch,
                        std::vector<Verdict> verdicts,
                        std::string error) {
    Settlement settlement;
    for (std::size_t i = 0; i < batch.size(); ++i) {
        Verdict verdict = verdicts.at(i);
        const messaging::Delivery& delivery = batch[i].delivery;
        if (verdict == Verdict::retry && delivery.attempt >= attempts_max) {
            verdict = Verdict::dead;
        }
        count(subscription.queue, verdict);
        if (verdict == Verdict::done) {
            settlement.done.push_back(batch[i].position);
        } else if (verdict == Verdict::retry) {
            settlement.later.push_back(batch[i].position);
        } else {
            settlement.dead.push_back(batch[i].position);
            telemetry::log_error("an event is given up",
                                 {{"queue", subscription.queue},
                                  {"event_id", delivery.event_id},
                                  {"routing_key", delivery.routing_key},
                                  {"attempt", delivery.attempt},
                                  {"reason", error},
                                  {"traceparent", delivery.context.traceparent}});
        }
    }
    co_await pool_.execute(settle_deliveries(settlement, error));
}

} // namespace tandem::monolith
