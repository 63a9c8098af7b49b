#include "libs/auth/jwks_over_http.hpp"
#include "libs/messaging/inbox.hpp"
#include "libs/messaging/outbox.hpp"
#include "libs/runtime/migrated_database.hpp"
#include "services/payment/api/order_events_consumer.hpp"
#include "services/payment/api/payment_routes.hpp"
#include "services/payment/config.hpp"
#include "services/payment/infrastructure/http_provider.hpp"
#include "services/payment/infrastructure/postgres_payments.hpp"
#include "services/payment/infrastructure/upkeep.hpp"

namespace tandem::payment {

const std::vector<postgres::Migration>& migrations();

namespace {

int serve(const Config& config) {
    runtime::Service service(config.service);
    const Executor executor = service.executor();
    http::Client client(executor, {.connections_per_endpoint_max = config.worker.concurrency});
    auth::Authenticator authenticator(auth::jwks_over_http(client, config.tokens.jwks_url).value(),
                                      {.issuer = config.tokens.issuer, .audience = config.tokens.audience});
    const SystemClock clock;

    runtime::MigratedDatabase database(service, {.url = config.database_url}, migrations());
    const messaging::BrokerOptions broker{.url = config.rabbitmq_url, .app_id = config.service.name};
    messaging::Publisher publisher(executor, broker);
    messaging::OutboxRelay relay(executor, database.pool(), publisher);
    async::Event due(executor);
    PostgresPayments payments(database.pool(), [&due] { due.notify(); }, [&relay] { relay.wake(); });

    HttpProvider provider(client, config.provider, config.provider_timeout);
    CircuitBreaker breaker(config.breaker);
    Charging charging(payments, provider, breaker, clock, config.rules, draw_random);
    PaymentWorker worker(executor, charging, due, config.worker);

    OrderEventsConsumer order_events(payments, clock);
    const auto handle = [&](auto batch) { return order_events.handle(std::move(batch)); };
    const auto& queue = messaging::shop_queue("payment_service_queue");
    messaging::Consumer consumer(executor, broker, queue, {}, publisher, handle);
    PaymentRoutes routes(payments, authenticator);
    routes.mount(service.router());

    service.add_check("broker", [&] { return publisher.ready() && consumer.ready(); });
    service.add_check("worker", [&worker] { return worker.running(); });
    publisher.start();
    database.start_when_migrated("relay", [&] { relay.start(); });
    database.start_when_migrated("worker", [&] { service.tasks().spawn("worker", worker.run()); });
    database.start_when_migrated("consumer", [&] { consumer.start(); });
    database.start_when_migrated(
        "inbox", [&] { service.tasks().spawn("inbox", messaging::keep_inbox_small(database.pool())); });
    service.on_stop("consumer", [&](auto) { return consumer.stop(); });
    service.on_stop("worker", [&](auto) { return worker.drain(); });
    service.on_stop("relay", [&](auto deadline) { return relay.stop(deadline); });
    service.tasks().spawn("breaker", show_breaker(breaker, clock));
    database.start();
    return service.run();
}

} // namespace
} // namespace tandem::payment

int main(int argc, char** argv) {
    const auto config = tandem::payment::read_config(argc, argv);
    return config ? tandem::payment::serve(*config) : config.error();
}
