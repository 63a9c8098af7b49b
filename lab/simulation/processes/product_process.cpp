#include "lab/simulation/processes/product_process.hpp"

namespace tandem::simulation {

ProductProgram::ProductProgram(World& world, Broker& broker, StockTables& tables, Node& node)
    : node_(node), tables_(tables), relay_(world, broker, node, tables.store),
      book_(tables, node, [this] { relay_.wake(); }), stock_(book_), events_(stock_),
      consumer_(world, broker, node, messaging::shop_queue("product_service_queue"), {}, [this](auto batch) {
          return events_.handle(std::move(batch));
      }) {}

void ProductProgram::start() {
    relay_.start();
    consumer_.start();
}

Task<std::vector<order::CatalogEntry>> ProductProgram::prices(std::vector<order::ProductId> products) {
    co_await tables_.store.reach(node_);
    std::vector<order::CatalogEntry> entries;
    for (const order::ProductId product : products) {
        const auto item = tables_.shelf.find(product::ProductId(product.value()));
        if (item != tables_.shelf.end()) {
            entries.push_back({product, item->second.name, item->second.price});
        }
    }
    co_await tables_.store.come_back(node_);
    co_return entries;
}

} // namespace tandem::simulation
