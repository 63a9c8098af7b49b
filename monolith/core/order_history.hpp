#pragma once

#include "services/order/core/held_orders.hpp"

#include <utility>
#include <vector>

namespace tandem::monolith {

/// A new order with what happens to it, to be stored bit by bit.
class OrderHistory {
public:
    OrderHistory(Timestamp now, Context context) : now_(now), context_(std::move(context)) {}

    void happened(order::OrderEvent event) {
        order_.apply(event, now_);
        changes_.push_back({std::move(event), order_.state(), context_});
    }
    Timestamp moment() const { return now_; }
    const order::OrderState& state() const { return order_.state(); }
    /// What has happened since it was asked last.
    std::vector<order::Change> take_changes() { return std::exchange(changes_, {}); }

private:
    Timestamp now_;
    Context context_;
    order::Order order_;
    std::vector<order::Change> changes_;
};

} // namespace tandem::monolith
