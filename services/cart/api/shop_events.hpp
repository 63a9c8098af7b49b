#pragma once

#include "libs/messaging/broker.hpp"
#include "services/cart/core/ports.hpp"

namespace tandem::cart {

/// Handles batches of cart_service_queue. order.created and order.paid take what was bought out of
/// the cart, product.changed brings names and prices; other types are done. What cannot be read
/// (not JSON, a field missing or out of range, no UUID for an id) is dead.
class ShopEventsConsumer {
public:
    explicit ShopEventsConsumer(EventBook& book) : book_(book) {}

    Task<std::vector<messaging::Verdict>> handle(std::vector<messaging::Delivery> batch);

private:
    EventBook& book_;
};

} // namespace tandem::cart
