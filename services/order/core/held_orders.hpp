#pragma once

#include "libs/kernel/context.hpp"
#include "services/order/domain/order.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace tandem::order {

/// An event that was recorded while its order was held, with what the order became.
struct Change {
    OrderEvent event;
    OrderState after;
    Context context;
};

/// Orders that one transaction holds, and what it is going to store.
class HeldOrders {
public:
    /// `new_event_ids`: those of the messages at hand that were not handled before.
    HeldOrders(std::map<OrderId, Order> orders, std::set<std::string> new_event_ids, Timestamp now)
        : orders_(std::move(orders)), new_event_ids_(std::move(new_event_ids)), now_(now) {}

    /// Null when there is no such order.
    const Order* find(OrderId order) const;
    /// Applies the event and keeps it to be stored. The order must be held.
    void record(OrderId order, OrderEvent event, Context context);

    /// True once for each message that was not handled before.
    bool take_message(const std::string& event_id) { return new_event_ids_.erase(event_id) > 0; }
    /// The message could not be handled after all: it must not count as handled.
    void put_back(std::string event_id) { put_back_.push_back(std::move(event_id)); }

    const std::vector<Change>& changes() const { return changes_; }
    const std::vector<std::string>& messages_put_back() const { return put_back_; }
    Timestamp now() const { return now_; }

private:
    std::map<OrderId, Order> orders_;
    std::set<std::string> new_event_ids_;
    Timestamp now_;
    std::vector<Change> changes_;
    std::vector<std::string> put_back_;
};

} // namespace tandem::order
