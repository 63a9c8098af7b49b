#include "libs/auth/jwks_over_http.hpp"
#include "libs/runtime/migrated_database.hpp"
#include "services/order/background.hpp"
#include "services/order/config.hpp"
#include "services/order/core/asynchronous_checkout.hpp"
#include "services/order/infrastructure/broker_dead_letters.hpp"
#include "services/order/infrastructure/http_carts.hpp"
#include "services/order/infrastructure/http_price_list.hpp"
#include "services/order/infrastructure/postgres_idempotency_keys.hpp"
#include "services/order/infrastructure/postgres_notifications.hpp"
#include "services/order/infrastructure/postgres_orders.hpp"
#include "services/order/order_api.hpp"
#include "services/order/rebuild.hpp"

#include <algorithm>

namespace tandem::order {

const std::vector<postgres::Migration>& migrations();

namespace {

using namespace std::chrono_literals;

int serve(const Config& config) {
    runtime::Service service(config.service);
    runtime::MigratedDatabase database(service, {.url = config.database_url}, migrations());
    const messaging::BrokerOptions broker{.url = config.rabbitmq_url, .app_id = config.service.name};
    messaging::Publisher publisher(service.executor(), broker);
    messaging::OutboxRelay relay(service.executor(), database.pool(), publisher, order_outbox_queries());
    http::Client client(service.executor(), {});
    auth::Authenticator authenticator(auth::jwks_over_http(client, config.tokens.jwks_url).value(),
                                      {.issuer = config.tokens.issuer, .audience = config.tokens.audience});

    const SystemClock clock;
    PostgresOrders orders(database.pool(), clock);
    PostgresIdempotencyKeys keys(database.pool(), config.idempotency_lease);
    PostgresNotifications notifications(database.pool());
    HttpCarts carts(client, config.carts);
    HttpPriceList prices(client, config.products);
    Saga saga(orders, clock, config.order_expiry);
    OrderWatch watch(service.executor(), static_cast<std::size_t>(config.streams_max));
    Checkout checkout(orders, carts, prices);
    AsynchronousCheckout flow(checkout);
    BrokerDeadLetters dead_letters(service.executor(), broker);
    OrderApi api({orders, keys, notifications, flow, dead_letters}, saga, watch, authenticator);
    api.mount(service.router());
    orders.on_commit([&](const std::vector<OrderId>& changed) {
        relay.wake();
        watch.notify(changed);
    });
    messaging::Consumer consumer(service.executor(),
                                 broker,
                                 messaging::shop_queue("order_updates_queue"),
                                 {},
                                 publisher,
                                 [&api](auto batch) { return api.handle(std::move(batch)); });

    service.add_check("broker", [&] { return publisher.ready() && consumer.ready(); });
    publisher.start();
    database.start_when_migrated("relay", [&] { relay.start(); });
    database.start_when_migrated("consumer", [&] { consumer.start(); });
    database.start_when_migrated("background", [&] {
        const Background parts{saga, orders, watch, database.pool()};
        start_background(service.tasks(), parts, std::min(config.order_expiry / 4 + 1ms, 5'000ms));
    });
    service.on_stop("consumer", [&](auto) { return consumer.stop(); });
    service.on_stop("relay", [&](auto deadline) { return relay.stop(deadline); });
    database.start();
    return service.run();
}

} // namespace
} // namespace tandem::order

int main(int argc, char** argv) {
    const auto config = tandem::order::read_config(argc, argv);
    if (!config) {
        return config.error();
    }
    return config->rebuild_projection ? tandem::order::rebuild_projection(config->database_url)
                                      : tandem::order::serve(*config);
}
