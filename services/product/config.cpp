#include "services/product/config.hpp"

namespace tandem::product {

std::expected<Config, int> read_config(int argc, char** argv) {
    runtime::Environment environment(
        "product_service",
        "Keeps the catalog and the stock: serves products, reserves what is ordered.",
        argc,
        argv);
    Config config;
    config.service = runtime::read_service_options(environment, "product-service", 8004);
    config.database_url =
        environment.secret("DATABASE_URL", "product-db, postgresql://user:password@host:port/database");
    config.rabbitmq_url =
        environment.secret("RABBITMQ_URL", "the broker, amqp://user:password@host:port/vhost");
    config.tokens = runtime::read_token_trust(environment);
    config.seed_catalog =
        environment.flag("SEED_CATALOG", "fill an empty catalog with the first products", false);
    if (const auto exit_code = environment.finish()) {
        return std::unexpected(*exit_code);
    }
    return config;
}

} // namespace tandem::product
