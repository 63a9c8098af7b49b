#include "services/cart/config.hpp"

namespace tandem::cart {

Config read_config(runtime::Environment& environment) {
    Config config;
    config.service = runtime::read_service_options(environment, "cart-service", 8006);
    config.database_url =
        environment.secret("DATABASE_URL", "cart-db, postgresql://user:password@host:port/database");
    config.rabbitmq_url =
        environment.secret("RABBITMQ_URL", "the broker, amqp://user:password@host:port/vhost");
    config.products =
        environment.endpoint("PRODUCT_URL",
                             "the product service, asked for products that no event has told of yet",
                             "http://127.0.0.1:8004");
    config.tokens = runtime::read_token_trust(environment);
    return config;
}

} // namespace tandem::cart
