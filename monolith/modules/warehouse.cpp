#include "monolith/modules/warehouse.hpp"

#include "services/product/infrastructure/postgres_seed.hpp"

namespace tandem::monolith {

Warehouse::Warehouse(Database& database, auth::Authenticator& authenticator, std::function<void()> stored)
    : stored_(std::move(stored)), products_(database.catalog, stored_), catalog_(products_),
      administration_(products_), product_routes_(catalog_, administration_, authenticator),
      stored_reviews_(database.catalog), reviews_(stored_reviews_), review_routes_(reviews_, authenticator),
      book_(database.catalog, clock_, stored_), stock_(book_), order_events_(stock_) {}

void Warehouse::mount(http::Router& router) {
    product_routes_.mount(router);
    review_routes_.mount(router);
}

void Warehouse::start(Database& database, const Config& config) {
    if (config.seed_catalog) {
        database.root().when_migrated("catalog", [this, &database] {
            return product::seed_catalog(database.catalog, product::first_catalog(), stored_);
        });
    }
}

} // namespace tandem::monolith
