#pragma once

#include "libs/messaging/broker.hpp"
#include "services/product/core/stock_keeping.hpp"

namespace tandem::product {

/// Handles batches of product_service_queue. Malformed events are dead, unknown types done, and a
/// payment that came before its order is taken again later.
class OrderEventsConsumer {
public:
    explicit OrderEventsConsumer(StockKeeping& stock) : stock_(stock) {}

    Task<std::vector<messaging::Verdict>> handle(std::vector<messaging::Delivery> batch);

private:
    StockKeeping& stock_;
};

} // namespace tandem::product
