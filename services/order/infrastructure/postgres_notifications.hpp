#pragma once

#include "libs/postgres/pool.hpp"
#include "services/order/core/notifications.hpp"

namespace tandem::order {

/// Notifications in PostgreSQL; PostgresOrders writes them.
class PostgresNotifications final : public Notifications {
public:
    explicit PostgresNotifications(postgres::Pool& pool) : pool_(pool) {}

    Task<std::vector<Notification>> list(UserId user, std::int64_t skip, std::int64_t limit) override;
    Task<std::optional<Notification>>
    mark(NotificationId id, UserId user, bool read, Deadline begin_by) override;

private:
    postgres::Pool& pool_;
};

} // namespace tandem::order
