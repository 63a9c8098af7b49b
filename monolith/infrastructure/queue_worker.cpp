#include "monolith/infrastructure/queue_worker.hpp"

#include "libs/async/sleep.hpp"
#include "libs/kernel/unavailable.hpp"
#include "libs/telemetry/log.hpp"
#include "libs/telemetry/metrics.hpp"
#include "monolith/infrastructure/event_bus_statements.hpp"

#include <boost/system/system_error.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace tandem::monolith {
namespace {

using namespace std::chrono_literals;
using messaging::Verdict;

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

struct QueueWorker::Taken {
    std::int64_t position = 0;
    messaging::Delivery delivery;
};

Task<> QueueWorker::work() {
    for (;;) {
        bool failed = false;
        bool found = false;
        try {
            found = co_await deliver_next();
        } catch (const boost::system::system_error&) {
            throw; // cancelled: somebody takes again what is in hand
        } catch (const std::exception& error) {
            telemetry::log_warn("holding events until their handler can work again",
                                {{"queue", subscription_.queue}, {"error", error.what()}});
            failed = true;
        }
        if (failed) {
            co_await async::sleep_for(pause_after_failure);
        } else if (!found) {
            co_await moved_.wait_for(look_at_deliveries_every);
        }
    }
}

Task<bool> QueueWorker::deliver_next() {
    auto batch = co_await take();
    if (batch.empty()) {
        co_return false;
    }
    co_await deliver(std::move(batch));
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

Task<> QueueWorker::deliver(std::vector<Taken> batch) {
    std::vector<messaging::Delivery> deliveries;
    std::vector<std::int64_t> positions;
    for (const Taken& taken : batch) {
        deliveries.push_back(taken.delivery);
        positions.push_back(taken.position);
    }
    std::vector<Verdict> verdicts;
    std::optional<std::string> error;
    std::exception_ptr away;
    try {
        verdicts = co_await subscription_.handler(std::move(deliveries));
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
    if (!error) {
        co_await settle(std::move(batch), std::move(verdicts), "the handler asks for it");
    } else if (batch.size() == 1) {
        co_await settle(std::move(batch), {Verdict::retry}, *std::move(error));
    } else {
        co_await deliver_one_by_one(std::move(batch));
    }
}

Task<> QueueWorker::deliver_one_by_one(std::vector<Taken> batch) {
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
            co_await deliver(std::move(alone));
        } catch (const Unavailable&) {
            away = std::current_exception();
        }
    }
    if (away) {
        co_await hold(std::move(not_tried));
        std::rethrow_exception(away);
    }
}

Task<> QueueWorker::hold(std::vector<std::int64_t> positions) {
    std::vector<postgres::Statement> unit{put_back(positions)};
    co_await pool_.execute(std::move(unit));
}

Task<> QueueWorker::settle(std::vector<Taken> batch, std::vector<Verdict> verdicts, std::string error) {
    Settlement settlement;
    for (std::size_t i = 0; i < batch.size(); ++i) {
        Verdict verdict = verdicts.at(i);
        const messaging::Delivery& delivery = batch[i].delivery;
        if (verdict == Verdict::retry && delivery.attempt >= attempts_max) {
            verdict = Verdict::dead;
        }
        count(subscription_.queue, verdict);
        if (verdict == Verdict::done) {
            settlement.done.push_back(batch[i].position);
        } else if (verdict == Verdict::retry) {
            settlement.later.push_back(batch[i].position);
        } else {
            settlement.dead.push_back(batch[i].position);
            telemetry::log_error("an event is given up",
                                 {{"queue", subscription_.queue},
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
