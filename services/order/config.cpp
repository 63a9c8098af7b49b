#include "services/order/config.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

namespace tandem::order {
namespace {

constexpr std::string_view rebuild_argument = "--rebuild-projection";

void read_urls(Config& config, runtime::Environment& environment) {
    config.database_url =
        environment.secret("DATABASE_URL", "order-db, postgresql://user:password@host:port/database");
    config.rabbitmq_url =
        environment.secret("RABBITMQ_URL", "the broker, amqp://user:password@host:port/vhost");
    config.carts = environment.endpoint("CART_URL", "the cart service", "http://127.0.0.1:8006");
    config.products = environment.endpoint("PRODUCT_URL", "the product service", "http://127.0.0.1:8004");
}

} // namespace

std::expected<Config, int> read_config(int argc, char** argv) {
    std::vector<char*> arguments(argv, argv + argc);
    const auto removed = std::erase_if(
        arguments, [](const char* argument) { return std::string_view(argument) == rebuild_argument; });
    runtime::Environment environment("order_service",
                                     "Takes orders and leads them through stock, payment and mail. With "
                                     "--rebuild-projection it writes the tables orders and order_items "
                                     "again from order_events, says how many rows differed, and exits.",
                                     static_cast<int>(arguments.size()),
                                     arguments.data());
    Config config;
    config.rebuild_projection = removed > 0;
    config.service = runtime::read_service_options(environment, "order-service", 8001);
    read_urls(config, environment);
    config.tokens = runtime::read_token_trust(environment);
    config.order_expiry = environment.milliseconds(
        "ORDER_EXPIRY_MS", "an order that is open for longer fails as expired", 900'000);
    config.idempotency_lease =
        environment.milliseconds("IDEMPOTENCY_LEASE_MS",
                                 "how long a process that died keeps its Idempotency-Keys from others",
                                 10'000);
    config.streams_max =
        environment.integer("STREAMS_MAX", "open order streams; beyond it 503", 1'000, 1, 100'000);
    if (const auto exit_code = environment.finish()) {
        return std::unexpected(*exit_code);
    }
    return config;
}

} // namespace tandem::order
