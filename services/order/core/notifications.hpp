#pragma once

#include "libs/kernel/task.hpp"
#include "services/order/core/deadline.hpp"
#include "services/order/domain/order_events.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tandem::order {

using NotificationId = Id<struct NotificationTag>;

/// What a customer is told in the shop: one for each order event that concerns them.
struct Notification {
    NotificationId id;
    UserId user;
    OrderId order;
    std::string type; ///< the event: "order.paid"
    std::string message;
    bool read = false;
    Timestamp created_at;
};

/// Where notifications are kept. They are stored with the events that they tell of.
class Notifications {
public:
    virtual ~Notifications() = default;

    /// Newest first.
    virtual Task<std::vector<Notification>> list(UserId user, std::int64_t skip, std::int64_t limit) = 0;
    /// The notification as it is then; nothing when `user` has none with that id.
    virtual Task<std::optional<Notification>>
    mark(NotificationId id, UserId user, bool read, Deadline begin_by) = 0;
};

} // namespace tandem::order
