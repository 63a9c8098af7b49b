#pragma once

#include "lab/simulation/stores/store.hpp"
#include "services/product/core/stock_book.hpp"

#include <map>

namespace tandem::simulation {

/// The product database: products with their stock, reservations, and who has bought what.
struct StockTables {
    explicit StockTables(World& world) : store(world, "product-db") {}

    Store store;
    std::map<product::ProductId, product::ShelfItem> shelf;
    std::map<product::OrderId, product::Reservation> reservations;
    std::set<product::Purchase> buyers;

    /// What orders hold is what the shelves have reserved: after each transaction, not only at rest.
    void check_reserved();
    /// What an admin does in the catalog: the new price, and the event that tells of it.
    void change_price(product::ProductId product, Money price, Node& node);
};

/// A double of PostgresStockBook: a page is one transaction, stock rows locked by ascending product.
class SimulatedStockBook final : public product::StockBook {
public:
    SimulatedStockBook(StockTables& tables, Node& node, std::function<void()> stored)
        : tables_(tables), node_(node), stored_(std::move(stored)) {}

    Task<std::unique_ptr<product::StockPage>> open(product::StockScope scope) override;

private:
    StockTables& tables_;
    Node& node_;
    std::function<void()> stored_;
};

} // namespace tandem::simulation
