#include "monolith/infrastructure/queue_worker.hpp"

#include "libs/async/keep_going.hpp"
#include "libs/async/sleep.hpp"
#include "libs/kernel/unavailable.hpp"
#include "libs/messaging/message_spans.hpp"
#include "libs/telemetry/log.hpp"
#include "libs/telemetry/metrics.hpp"
#include "monolith/infrastructure/event_bus_statements.hpp"

#include <algorithm>
#include <utility>

namespace tandem::monolith {
namespace {

using namespace std::chrono_literals;
using messaging::Verdict;

constexpr auto look_at_deliveries_every = 1s;
constexpr async::Rests rests{.first = 500ms, .longest = 500ms};

std::string_view to_string(Verdict verdict) {
    switch (verdict) {
    case Verdict::done:
        return "done";
    case Verdict::duplicate:
        return "duplicate";
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

struct QueueWorker::Taken {
    std::int64_t position = 0;
    messaging::Delivery delivery;
};

Task<> QueueWorker::work() {
    return async::keep_going(subscription_.queue, [this] { return deliver_next(); }, rests);
}

Task<bool> QueueWorker::deliver_next() {
    auto batch = co_await take();
    if (batch.empty()) {
        co_await moved_.wait_for(look_at_deliveries_every);
        co_return true;
    }
    std::vector<messaging::Delivery> deliveries;
    std::vector<std::int64_t> positions;
    for (const Taken& taken : batch) {
        deliveries.push_back(taken.delivery);
        positions.push_back(taken.position);
    }
    auto keep = [this, positions](std::chrono::milliseconds pause) { return hold(positions, pause); };
    messaging::ProcessSpans spans("postgresql", subscription_.queue, deliveries);
    auto judgements = co_await judge_.judge(std::move(deliveries), std::move(keep));
    spans.end(*judgements, attempts_max);
    co_await settle(std::move(batch), *std::move(judgements));
    co_return true;
}

Task<std::vector<QueueWorker::Taken>> QueueWorker::take() {
    std::vector<postgres::Statement> unit{take_deliveries(subscription_.queue, subscription_.batch_max)};
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

Task<bool> QueueWorker::hold(std::vector<std::int64_t> positions, std::chrono::milliseconds pause) {
    co_await async::sleep_for(pause);
    std::vector<postgres::Statement> unit{keep_in_hand(positions)};
    try {
        co_await pool_.execute(std::move(unit));
    } catch (const Unavailable&) {
        // The worst that may come of it is that they are delivered twice.
    }
    co_return true;
}

Task<> QueueWorker::settle(std::vector<Taken> batch, Judgements judgements) {
    Settlement settlement;
    for (std::size_t i = 0; i < batch.size(); ++i) {
        const messaging::Delivery& delivery = batch[i].delivery;
        auto& [verdict, reason] = judgements[i];
        if (verdict == Verdict::retry && delivery.attempt >= attempts_max) {
            verdict = Verdict::dead;
        }
        count(subscription_.queue, verdict);
        if (is_handled(verdict)) {
            settlement.done.push_back(batch[i].position);
            continue;
        }
        FailedDeliveries& failed = verdict == Verdict::retry ? settlement.later : settlement.dead;
        failed.positions.push_back(batch[i].position);
        failed.reasons.push_back(reason);
        if (verdict == Verdict::dead) {
            telemetry::log_error("an event is given up",
                                 {{"queue", subscription_.queue},
                                  {"event_id", delivery.event_id},
                                  {"routing_key", delivery.routing_key},
                                  {"attempt", delivery.attempt},
                                  {"reason", reason},
                                  {"traceparent", delivery.context.traceparent}});
        }
    }
    co_await pool_.execute(settle_deliveries(settlement));
}

} // namespace tandem::monolith
