#include "libs/messaging/broker.hpp"

#include <algorithm>
#include <stdexcept>

namespace tandem::messaging {

const std::vector<QueueTopology>& shop_topology() {
    static const std::vector<QueueTopology> queues{
        {"product_service_queue",
         {"order.order.created", "order.order.paid", "order.order.failed", "order.order.cancelled"}},
        {"payment_service_queue", {"product.stock.reserved", "order.order.failed", "order.order.cancelled"}},
        {"order_updates_queue", {"product.stock.*", "payment.payment.*", "email.email.*"}},
        {"cart_service_queue", {"order.order.created", "order.order.paid", "product.product.changed"}},
        {"email_service_queue",
         {"order.order.paid",
          "order.order.failed",
          "order.order.cancelled",
          "order.order.shipped",
          "user.user.registered"}},
    };
    return queues;
}

const QueueTopology& shop_queue(std::string_view name) {
    const auto& queues = shop_topology();
    const auto found = std::ranges::find(queues, name, &QueueTopology::name);
    if (found == queues.end()) {
        throw std::logic_error("no queue is called " + std::string(name));
    }
    return *found;
}

} // namespace tandem::messaging
