#pragma once

#include "services/order/core/held_orders.hpp"

#include <utility>
#include <vector>

namespace tandem::monolith {

/// A new order with what happens to it, to be stored bit by bit.
class OrderHistory {
public:
    OrderHistory(const Clock& clock, Context context) : clock_(clock), context_(std::move(context)) {}

    void happened(order::OrderEvent event) {
        moment_ = clock_.now();
        order_.apply(event, moment_);
        changes_.push_back({std::move(event), order_.state(), context_});
    }
    /// When the last of it did.
    Timestamp moment() const { return moment_; }
    const order::OrderState& state() const { return order_.state(); }
    /// What has happened since it was asked last.
    std::vector<order::Change> take_changes() { return std::exchange(changes_, {}); }

private:
    const Clock& clock_;
    Timestamp moment_;
    Context context_;
    order::Order order_;
    std::vector<order::Change> changes_;
};

} // namespace tandem::monolith
