#pragma once

#include "libs/kernel/context.hpp"
#include "libs/kernel/task.hpp"
#include "services/order/core/deadline.hpp"
#include "services/order/core/held_orders.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tandem::order {

/// An order as it is kept, with how long its checkout took: from the request's arrival until all was
/// ready to be committed. What comes after, the commit and the cart, is not in it, since it is stored
/// with the order: it is a part of the answer, which may have to be repeated to the letter.
struct StoredOrder {
    OrderState state;
    std::int64_t processing_duration_ms = 0;
};

/// One line of a list of orders.
struct OrderSummary {
    OrderId id;
    UserId user;
    std::string user_email;
    OrderStatus status = OrderStatus::pending;
    std::optional<Reason> reason;
    Money total;
    std::int64_t item_count = 0; ///< lines, not pieces
    PaymentMethod payment_method = PaymentMethod::credit_card;
    Timestamp created_at;
    Timestamp updated_at;
};

/// Which of all orders.
struct OrderFilter {
    std::optional<OrderStatus> status; ///< none: any
    OrderId before;                    ///< those with a lower number: where the last page ended
    std::int64_t limit = 0;
};

/// One entry of an order's history. `body` is the event as it is published, or would be.
struct RecordedEvent {
    int version = 0;
    Timestamp at;
    std::string type; ///< "order.paid"
    std::string body; ///< JSON object
    OrderEvent event;
};

struct NewOrder {
    Placed placed;
    std::string idempotency_key; ///< empty: none
    std::chrono::milliseconds took{};
    Context context{};
    Deadline begin_by = Deadline::max();
};

/// Where orders are kept: their events, and the projection that follows from them. All calls throw
/// Unavailable when the store cannot be reached; a write may then have happened or not, but for
/// DeadlineExceeded: then it has not.
class Orders {
public:
    virtual ~Orders() = default;

    virtual Task<OrderId> next_id(Deadline begin_by) = 0;

    /// Stores the order, its event, its notice and its key together. Nothing when the user has an
    /// order under this idempotency key already.
    virtual Task<std::optional<OrderState>> add(NewOrder order) = 0;

    /// Holds the orders `ids` (those that exist), remembers `event_ids` in the inbox, lets `decide`
    /// record what happens, and stores it: one transaction. `decide` runs again with fresh orders
    /// when somebody else was faster, so it must start its outcome afresh.
    using Decide = std::function<void(HeldOrders& held)>;
    virtual Task<> change(std::vector<OrderId> ids,
                          std::vector<std::string> event_ids,
                          Decide decide,
                          Deadline begin_by) = 0;

    virtual Task<std::optional<StoredOrder>> find(OrderId order) = 0;
    /// Newest first.
    virtual Task<std::vector<OrderSummary>> list(UserId user, std::int64_t skip, std::int64_t limit) = 0;
    /// Of all users, the highest number first.
    virtual Task<std::vector<OrderSummary>> list_all(OrderFilter filter) = 0;
    /// Oldest first; empty when there is no such order.
    virtual Task<std::vector<RecordedEvent>> history(OrderId order) = 0;
    /// The version of each of `orders` that exists.
    virtual Task<std::vector<std::pair<OrderId, int>>> versions(std::vector<OrderId> orders) = 0;
    /// Up to `limit` orders, oldest first, that are pending or processing since before `moment`.
    virtual Task<std::vector<OrderId>> open_since_before(Timestamp moment, std::int64_t limit) = 0;
};

} // namespace tandem::order
