#include "flight-recorder/config.hpp"

namespace tandem::recorder {

Config read_config(runtime::Environment& env) {
    Config config;
    config.service = runtime::read_service_options(env, "flight-recorder", 4318);
    config.tokens = runtime::read_token_trust(env);
    config.monolith_jwks_url = env.url("MONOLITH_JWKS_URL",
                                       "where the monolith shows its public keys",
                                       "http://127.0.0.1:8000/.well-known/jwks.json");
    const auto origins = env.list("CORS_ORIGINS",
                                  "origins whose pages may call, comma-separated",
                                  "http://localhost:3000,http://127.0.0.1:3000");
    config.service.server.cors.emplace(std::set<std::string>(origins.begin(), origins.end()));
    config.limits.orders_max = static_cast<std::size_t>(env.integer(
        "FLIGHT_ORDERS_MAX", "orders whose flight is kept; the oldest goes", 2'000, 1, 1'000'000));
    config.limits.spans_max = static_cast<std::size_t>(env.integer(
        "FLIGHT_SPANS_MAX", "spans kept in all; about 900 bytes each", 100'000, 1'000, 100'000'000));
    return config;
}

} // namespace tandem::recorder
