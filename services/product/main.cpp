#include "libs/auth/jwks_over_http.hpp"
#include "libs/messaging/inbox.hpp"
#include "libs/messaging/outbox.hpp"
#include "libs/runtime/migrated_database.hpp"
#include "services/product/api/order_events_consumer.hpp"
#include "services/product/api/product_routes.hpp"
#include "services/product/api/review_routes.hpp"
#include "services/product/config.hpp"
#include "services/product/infrastructure/postgres_catalog.hpp"
#include "services/product/infrastructure/postgres_reviews.hpp"
#include "services/product/infrastructure/postgres_seed.hpp"
#include "services/product/infrastructure/postgres_stock_book.hpp"

namespace tandem::product {

const std::vector<postgres::Migration>& migrations();

namespace {

int serve(const Config& config) {
    runtime::Service service(config.service);
    http::Client http_client(service.executor(), {});
    auth::Authenticator authenticator(auth::jwks_over_http(http_client, config.tokens.jwks_url).value(),
                                      {.issuer = config.tokens.issuer, .audience = config.tokens.audience});
    const SystemClock clock;

    runtime::MigratedDatabase database(service, {.url = config.database_url}, migrations());
    postgres::Pool& pool = database.pool();
    const messaging::BrokerOptions broker{.url = config.rabbitmq_url, .app_id = config.service.name};
    messaging::Publisher publisher(service.executor(), broker);
    messaging::OutboxRelay relay(service.executor(), pool, publisher);
    const auto wake_relay = [&relay] { relay.wake(); };

    PostgresCatalog products(pool, wake_relay);
    Catalog catalog(products);
    CatalogAdministration administration(products);
    ProductRoutes product_routes(catalog, administration, authenticator);
    product_routes.mount(service.router());
    PostgresReviews stored_reviews(pool);
    Reviews reviews(stored_reviews);
    ReviewRoutes review_routes(reviews, authenticator);
    review_routes.mount(service.router());

    PostgresStockBook book(pool, clock, wake_relay);
    StockKeeping stock(book);
    OrderEventsConsumer order_events(stock);
    const auto handle = [&](auto batch) { return order_events.handle(std::move(batch)); };
    const auto& queue = messaging::shop_queue("product_service_queue");
    messaging::Consumer consumer(service.executor(), broker, queue, {}, publisher, handle);

    service.add_check("broker", [&] { return publisher.ready() && consumer.ready(); });
    publisher.start();
    if (config.seed_catalog) {
        database.when_migrated("seed", [&] { return seed_catalog(pool, first_catalog(), wake_relay); });
    }
    database.start_when_migrated("relay", [&] { relay.start(); });
    database.start_when_migrated("consumer", [&] { consumer.start(); });
    database.start_when_migrated("inbox",
                                 [&] { service.tasks().spawn("inbox", messaging::keep_inbox_small(pool)); });
    service.on_stop("consumer", [&](auto) { return consumer.stop(); });
    service.on_stop("relay", [&](auto deadline) { return relay.stop(deadline); });
    database.start();
    return service.run();
}

} // namespace
} // namespace tandem::product

int main(int argc, char** argv) {
    const auto config = tandem::product::read_config(argc, argv);
    return config ? tandem::product::serve(*config) : config.error();
}
