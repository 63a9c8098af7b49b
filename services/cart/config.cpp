#include "services/cart/config.hpp"

namespace tandem::cart {

Config read_config(runtime::Environment& environment) {
    Config config;
    config.service = runtime::read_service_options(environment, "cart-service", 8006);
    config.database_url =
        environment.secret("DATABASE_URL", "cart-db, postgresql://user:password@host:port/database");
    config.rabbitmq_url =
        environment.secret("RABBITMQ_URL", "the broker, amqp://user:password@host:port/vhost");
    config.product_url =
        environment.text("PRODUCT_URL",
                         "the product service, asked for products that no event has told of yet",
                         "http://127.0.0.1:8004");
    config.jwks_url = environment.text("JWKS_URL",
                                       "where the user service shows its public keys",
                                       "http://127.0.0.1:8005/.well-known/jwks.json");
    config.token_issuer = environment.text("TOKEN_ISSUER", "the issuer that tokens must name", "tandem");
    config.token_audience =
        environment.text("TOKEN_AUDIENCE", "the audience that tokens must name", "tandem-shop");
    return config;
}

} // namespace tandem::cart
