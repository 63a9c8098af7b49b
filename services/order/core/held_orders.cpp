#include "services/order/core/held_orders.hpp"

namespace tandem::order {

const Order* HeldOrders::find(OrderId order) const {
    const auto found = orders_.find(order);
    return found == orders_.end() ? nullptr : &found->second;
}

void HeldOrders::record(OrderId order, OrderEvent event, Context context) {
    Order& held = orders_.at(order);
    held.apply(event, now_);
    changes_.push_back({std::move(event), held.state(), std::move(context)});
}

} // namespace tandem::order
