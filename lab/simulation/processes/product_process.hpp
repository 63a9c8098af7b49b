#pragma once

#include "lab/simulation/parts/consumer.hpp"
#include "lab/simulation/parts/relay.hpp"
#include "lab/simulation/stores/stock_store.hpp"
#include "services/order/core/price_list.hpp"
#include "services/product/api/order_events_consumer.hpp"

namespace tandem::simulation {

/// The product service as its main.cpp wires it, without HTTP and reviews.
class ProductProgram {
public:
    ProductProgram(World& world, Broker& broker, StockTables& tables, Node& node);

    void start();
    /// What GET /products?ids= answers.
    Task<std::vector<order::CatalogEntry>> prices(std::vector<order::ProductId> products);

private:
    Node& node_;
    StockTables& tables_;
    Relaying relay_;
    SimulatedStockBook book_;
    product::StockKeeping stock_;
    product::OrderEventsConsumer events_;
    Consuming consumer_;
};

} // namespace tandem::simulation
