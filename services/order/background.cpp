#include "services/order/background.hpp"

#include "libs/async/sleep.hpp"
#include "libs/messaging/outbox.hpp"
#include "libs/telemetry/log.hpp"
#include "libs/telemetry/trace.hpp"

#include <boost/system/system_error.hpp>

#include <functional>
#include <string>

namespace tandem::order {
namespace {

constexpr std::int64_t expired_at_once = 100;
constexpr std::chrono::milliseconds watch_interval{500};
constexpr std::chrono::hours tidy_interval{1};

constexpr postgres::Query forget_keys{
    "order.forget_keys",
    "DELETE FROM idempotency_keys k WHERE leased_until < now() - interval '1 day'"
    " AND NOT EXISTS (SELECT FROM keyed_orders o WHERE o.user_id = k.user_id AND o.key = k.key)"};

Task<> repeat(std::string name, std::chrono::milliseconds interval, std::function<Task<>()> work) {
    for (;;) {
        co_await async::sleep_for(interval);
        try {
            Task<> turn = work();
            co_await std::move(turn);
        } catch (const boost::system::system_error&) {
            throw; // cancelled
        } catch (const std::exception& error) {
            telemetry::log_warn("background work failed", {{"work", name}, {"problem", error.what()}});
        }
    }
}

Task<> expire(Saga& saga) {
    std::int64_t found = expired_at_once;
    while (found == expired_at_once) {
        Context context = telemetry::new_context();
        const auto count = co_await saga.expire_overdue(expired_at_once, std::move(context));
        found = static_cast<std::int64_t>(count);
    }
}

Task<> look_at_watched(Orders& orders, OrderWatch& watch) {
    auto watched = watch.watched();
    if (watched.empty()) {
        co_return;
    }
    const auto versions = co_await orders.versions(std::move(watched));
    for (const auto& [order, version] : versions) {
        watch.heard(order, version);
    }
}

Task<> tidy(postgres::Pool& pool) {
    std::vector<postgres::Statement> unit{messaging::forget_old_events(), {forget_keys, postgres::Params()}};
    co_await pool.execute(std::move(unit));
}

} // namespace

void start_background(async::TaskGroup& tasks, Background parts, std::chrono::milliseconds expiry_interval) {
    tasks.spawn("expiry", repeat("expiry", expiry_interval, [parts] { return expire(parts.saga); }));
    tasks.spawn("watching", repeat("watching", watch_interval, [parts] {
                    return look_at_watched(parts.orders, parts.watch);
                }));
    tasks.spawn("tidying", repeat("tidying", tidy_interval, [parts] { return tidy(parts.pool); }));
    tasks.spawn("durations", parts.durations.keep_writing());
}

} // namespace tandem::order
