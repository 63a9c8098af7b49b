#include "gateway/config.hpp"
#include "gateway/fallback_rate_limiter.hpp"
#include "gateway/gateway.hpp"
#include "gateway/local_rate_limiter.hpp"
#include "gateway/redis_rate_limiter.hpp"
#include "libs/auth/jwks_over_http.hpp"

#include <cstdio>

namespace tandem::gateway {
namespace {

/// Half of the requests that the server holds, so that streams leave room for the others.
constexpr std::size_t streams_max = 1'024;

/// What the settings point to.
struct Documents {
    std::vector<Route> routes;
    Proxy::Upstreams upstreams;
    std::string openapi;
    std::optional<redis::Address> redis_address;
};

Result<Documents> read_documents(const Config& config) {
    const auto routes_text = text_of(config.routes_file, builtin_routes());
    auto openapi = text_of(config.openapi_file, builtin_openapi());
    auto upstreams = upstreams_of(config);
    if (!routes_text || !openapi || !upstreams) {
        return fail(!routes_text ? routes_text.error() : !openapi ? openapi.error() : upstreams.error());
    }
    auto routes = read_routes(*routes_text);
    auto redis_address = redis_of(config);
    if (!routes || !redis_address) {
        return fail(!routes ? routes.error() : redis_address.error());
    }
    return Documents{
        *std::move(routes), *std::move(upstreams), *std::move(openapi), *std::move(redis_address)};
}

/// What counts together with the other gateways.
struct SharedLimits {
    SharedLimits(runtime::Service& service, redis::Address address, RateLimit limit, RateLimiter& local)
        : client(service.executor(), {.address = std::move(address)}), shared(client, limit),
          limiter(shared, local, {}) {
        client.start(service.tasks());
        service.on_stop("redis", [this](http::Deadline deadline) { return client.close(deadline); });
    }

    redis::Client client;
    RedisRateLimiter shared;
    FallbackRateLimiter limiter;
};

int serve(const Config& config, Documents documents) {
    runtime::Service service(config.service);
    http::Client client(service.executor(), {});
    auto fetch = auth::jwks_over_http(client, config.jwks_url);
    if (!fetch) {
        std::fprintf(stderr, "gateway: JWKS_URL: %s\n", fetch.error().message().c_str());
        return 2;
    }
    auth::Authenticator authenticator(*std::move(fetch),
                                      {.issuer = config.token_issuer, .audience = config.token_audience});
    http::Client streams(service.executor(), {.connections_per_endpoint_max = streams_max, .waiting_max = 0});
    Proxy proxy(client, streams, documents.upstreams, {});
    HealthMonitor health(service.executor(), client, documents.upstreams, config.health);
    LocalRateLimiter local(config.door.rate_limit);
    std::optional<SharedLimits> shared;
    if (documents.redis_address && config.door.rate_limit.per_s > 0) {
        shared.emplace(service, *std::move(documents.redis_address), config.door.rate_limit, local);
    }
    RateLimiter& limiter = shared ? static_cast<RateLimiter&>(shared->limiter) : local;
    Gateway gateway(
        {authenticator, proxy, limiter}, std::move(documents.routes), config.door.trusted_proxies);
    gateway.serve_health(health);
    gateway.serve_contract(std::move(documents.openapi));
    service.leave_to_handler("/");
    service.leave_to_handler("/health");
    service.set_handler([&gateway](http::Request request) { return gateway.handle(std::move(request)); });
    health.start(service.tasks());
    return service.run();
}

} // namespace
} // namespace tandem::gateway

int main(int argc, char** argv) {
    using namespace tandem;
    runtime::Environment environment("gateway", "The shop's public door.", argc, argv);
    const gateway::Config config = gateway::read_config(environment);
    if (const auto exit_code = environment.finish()) {
        return *exit_code;
    }
    auto documents = gateway::read_documents(config);
    if (!documents) {
        std::fprintf(stderr, "gateway: %s\n", documents.error().message().c_str());
        return 2;
    }
    return gateway::serve(config, *std::move(documents));
}
