#pragma once

#include "libs/auth/authenticator.hpp"
#include "monolith/database.hpp"
#include "services/product/api/order_events_consumer.hpp"
#include "services/product/api/product_routes.hpp"
#include "services/product/api/review_routes.hpp"
#include "services/product/infrastructure/postgres_catalog.hpp"
#include "services/product/infrastructure/postgres_reviews.hpp"
#include "services/product/infrastructure/postgres_stock_book.hpp"

#include <functional>

namespace tandem::monolith {

/// The product domain, wired into this process: catalog, reviews, stock.
class Warehouse {
public:
    Warehouse(Database& database, auth::Authenticator& authenticator, std::function<void()> stored);

    void mount(http::Router& router);
    /// A paid order was cancelled: its pieces go back on the shelf.
    Task<std::vector<messaging::Verdict>> hear(std::vector<messaging::Delivery> batch) {
        return order_events_.handle(std::move(batch));
    }
    void start(Database& database, const Config& config);

private:
    SystemClock clock_;
    std::function<void()> stored_;
    product::PostgresCatalog products_;
    product::Catalog catalog_;
    product::CatalogAdministration administration_;
    product::ProductRoutes product_routes_;
    product::PostgresReviews stored_reviews_;
    product::Reviews reviews_;
    product::ReviewRoutes review_routes_;
    product::PostgresStockBook book_;
    product::StockKeeping stock_;
    product::OrderEventsConsumer order_events_;
};

} // namespace tandem::monolith
