#include "libs/auth/jwks_over_http.hpp"
#include "libs/messaging/inbox.hpp"
#include "libs/runtime/migrated_database.hpp"
#include "services/cart/api/cart_routes.hpp"
#include "services/cart/api/shop_events.hpp"
#include "services/cart/config.hpp"
#include "services/cart/infrastructure/http_catalog.hpp"
#include "services/cart/infrastructure/postgres_carts.hpp"
#include "services/cart/infrastructure/postgres_event_book.hpp"

namespace tandem::cart {

const std::vector<postgres::Migration>& migrations();

namespace {

int serve(const Config& config) {
    runtime::Service service(config.service);
    http::Client http_client(service.executor(), {});
    auth::Authenticator authenticator(auth::jwks_over_http(http_client, config.tokens.jwks_url).value(),
                                      {.issuer = config.tokens.issuer, .audience = config.tokens.audience});
    runtime::MigratedDatabase database(service, {.url = config.database_url}, migrations());
    postgres::Pool& pool = database.pool();

    PostgresCarts carts(pool);
    HttpCatalog catalog(http_client, config.products);
    Shopping shopping(carts, catalog);
    CartRoutes routes(shopping, authenticator);
    routes.mount(service.router());

    PostgresEventBook book(pool);
    ShopEventsConsumer shop_events(book);
    const messaging::BrokerOptions broker{.url = config.rabbitmq_url, .app_id = config.service.name};
    messaging::Publisher publisher(service.executor(), broker);
    const auto handle = [&](auto batch) { return shop_events.handle(std::move(batch)); };
    const auto& queue = messaging::shop_queue("cart_service_queue");
    messaging::Consumer consumer(service.executor(), broker, queue, {}, publisher, handle);

    service.add_check("broker", [&] { return publisher.ready() && consumer.ready(); });
    publisher.start(); // the consumer's retry and dead-letter paths publish
    database.start_when_migrated("consumer", [&] { consumer.start(); });
    database.start_when_migrated("forgetting", [&] {
        service.tasks().spawn("inbox", messaging::keep_inbox_small(pool));
        service.tasks().spawn("purchases", keep_purchases_few(pool));
    });
    service.on_stop("consumer", [&](auto) { return consumer.stop(); });
    database.start();
    return service.run();
}

} // namespace
} // namespace tandem::cart

int main(int argc, char** argv) {
    tandem::runtime::Environment environment(
        "cart_service",
        "Keeps what customers want to buy: one cart each, with the catalog's current prices.",
        argc,
        argv);
    const auto config = tandem::cart::read_config(environment);
    if (const auto exit_code = environment.finish()) {
        return *exit_code;
    }
    return tandem::cart::serve(config);
}
