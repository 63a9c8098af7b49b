#include "services/order/background.hpp"

#include "libs/async/keep_going.hpp"
#include "libs/messaging/inbox.hpp"
#include "libs/telemetry/trace.hpp"
#include "services/order/infrastructure/postgres_idempotency_keys.hpp"

namespace tandem::order {
namespace {

constexpr std::int64_t expired_at_once = 100;
constexpr std::chrono::milliseconds watch_interval{500};

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

} // namespace

void start_background(async::TaskGroup& tasks, Background parts, std::chrono::milliseconds expiry_interval) {
    tasks.spawn("expiry", async::repeat("expiry", expiry_interval, [parts] { return expire(parts.saga); }));
    tasks.spawn("watching", async::repeat("watching", watch_interval, [parts] {
                    return look_at_watched(parts.orders, parts.watch);
                }));
    tasks.spawn("inbox", messaging::keep_inbox_small(parts.pool));
    tasks.spawn("keys", postgres::keep_forgetting(parts.pool, abandoned_keys()));
}

} // namespace tandem::order
