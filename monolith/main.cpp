#include "gateway/gateway.hpp"
#include "gateway/local_rate_limiter.hpp"
#include "monolith/infrastructure/event_bus.hpp"
#include "monolith/infrastructure/in_process_backend.hpp"
#include "monolith/modules/accounts.hpp"
#include "monolith/modules/baskets.hpp"
#include "monolith/modules/counter.hpp"
#include "monolith/modules/post_office.hpp"
#include "monolith/modules/till.hpp"
#include "monolith/modules/warehouse.hpp"

#include <cstdio>
#include <optional>

namespace tandem::monolith {
namespace {

int serve(const Config& config) {
    runtime::Service service(config.service);
    Database database(service, config);
    std::optional<EventBus> bus;
    const auto stored = [&bus] { bus->wake(); };

    Accounts accounts(service, database, config, stored);
    Warehouse warehouse(database, accounts.authenticator(), stored);
    Baskets baskets(database, accounts.authenticator());
    Till till(service, database, config, stored);
    PostOffice post_office(service, database, config, stored);
    Counter counter(service,
                    database,
                    config,
                    {accounts.authenticator(), till.provider(), post_office, post_office.message_id_domain()},
                    stored);
    bus.emplace(
        service.executor(),
        database.joint(),
        std::vector<Subscription>{
            {"product_service_queue",
             {"order.order.cancelled"},
             [&](auto batch) { return warehouse.hear(std::move(batch)); }},
            {"payment_service_queue",
             {"order.order.cancelled"},
             [&](auto batch) { return till.hear(std::move(batch)); }},
            {"order_updates_queue",
             {"product.stock.released", "payment.payment.refunded", "email.email.sent", "email.email.failed"},
             [&](auto batch) { return counter.hear(std::move(batch)); }},
            {"email_service_queue",
             {"order.order.paid", "order.order.cancelled", "order.order.shipped", "user.user.registered"},
             [&](auto batch) { return post_office.hear(std::move(batch)); },
             1,
             8}});

    http::Router modules;
    accounts.mount(modules);
    warehouse.mount(modules);
    baskets.mount(modules);
    counter.mount(modules);
    InProcessBackend backend(modules);
    gateway::LocalRateLimiter limiter(config.door.rate_limit);
    gateway::Gateway door({accounts.authenticator(), backend, limiter},
                          gateway::read_routes(gateway::builtin_routes()).value(),
                          config.door.trusted_proxies);
    door.serve_contract(std::string(gateway::builtin_openapi()));
    service.leave_to_handler("/");
    service.set_handler([&door](http::Request request) { return door.handle(std::move(request)); });

    accounts.start(service, database, config);
    warehouse.start(database, config);
    till.start(service, database);
    counter.start(service, database);
    database.root().start_when_migrated("bus", [&] { bus->start(service.tasks()); });
    database.start();
    return service.run();
}

} // namespace
} // namespace tandem::monolith

int main(int argc, char** argv) {
    const auto config = tandem::monolith::read_config(argc, argv);
    if (!config) {
        return config.error();
    }
    try {
        return tandem::monolith::serve(*config);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "monolith: %s\n", error.what());
        return 1;
    }
}
