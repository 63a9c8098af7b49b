#include "services/order/infrastructure/postgres_notifications.hpp"

namespace tandem::order {
namespace {

using postgres::Params;
using postgres::Query;

constexpr Query list_notifications{"order.notifications",
                                   "SELECT id, user_id, order_id, type, message, read, created_at"
                                   " FROM notifications WHERE user_id = $1 ORDER BY id DESC"
                                   " OFFSET $2 LIMIT $3"};
constexpr Query mark_notification{"order.mark_notification",
                                  "UPDATE notifications SET read = $3 WHERE id = $1 AND user_id = $2"
                                  " RETURNING id, user_id, order_id, type, message, read, created_at"};

Notification read_notification(const postgres::Row& row) {
    return {NotificationId(row.integer(0)),
            UserId(row.integer(1)),
            OrderId(row.integer(2)),
            row.text(3),
            row.text(4),
            row.boolean(5),
            row.timestamp(6)};
}

} // namespace

Task<std::vector<Notification>>
PostgresNotifications::list(UserId user, std::int64_t skip, std::int64_t limit) {
    Params params(user, skip, limit);
    const auto rows = co_await pool_.query(list_notifications, std::move(params));
    std::vector<Notification> notifications;
    for (const postgres::Row row : rows) {
        notifications.push_back(read_notification(row));
    }
    co_return notifications;
}

Task<std::optional<Notification>>
PostgresNotifications::mark(NotificationId id, UserId user, bool read, Deadline begin_by) {
    std::vector<postgres::Statement> unit{{mark_notification, Params(id, user, read)}};
    const auto results = co_await pool_.execute(std::move(unit), postgres::BeginBy{begin_by});
    const postgres::Rows& rows = results.at(0);
    if (rows.empty()) {
        co_return std::nullopt;
    }
    co_return read_notification(rows[0]);
}

} // namespace tandem::order
