#include "gateway/config.hpp"

#include "gateway/route_table.hpp"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <fstream>
#include <sstream>

namespace tandem::gateway {
namespace {

struct DefaultPort {
    std::string_view service;
    std::uint16_t port;
};

constexpr std::array<DefaultPort, 6> default_ports{
    {{"user", 8005}, {"product", 8004}, {"cart", 8006}, {"order", 8001}, {"payment", 8002}, {"email", 8003}}};

std::set<std::string> items_of(const std::string& list) {
    std::set<std::string> items;
    std::istringstream rest(list);
    for (std::string item; std::getline(rest, item, ',');) {
        std::erase_if(item, [](unsigned char c) { return std::isspace(c) != 0; });
        if (!item.empty()) {
            items.insert(item);
        }
    }
    return items;
}

std::string variable_of(std::string_view service) {
    std::string name(service);
    std::ranges::transform(
        name, name.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return name + "_URLS";
}

void read_upstreams(runtime::Environment& environment, Config& config) {
    for (const auto& [service, port] : default_ports) {
        config.upstream_urls[std::string(service)] =
            environment.urls(variable_of(service),
                             fmt::format("instances of the {} service, comma-separated", service),
                             fmt::format("http://127.0.0.1:{}", port));
    }
}

void read_limits(runtime::Environment& environment, Config& config) {
    config.service.server.request_timeout = environment.milliseconds(
        "REQUEST_TIMEOUT_MS", "longest that a request may take; callers may ask for less", 15'000);
    config.redis_url = environment.text(
        "REDIS_URL", "Redis in which gateways share these limits; empty: each counts alone", "");
    config.health.interval =
        environment.milliseconds("PROBE_INTERVAL_MS", "time between two probes of an instance", 1'000);
}

} // namespace

DoorOptions read_door_options(runtime::Environment& environment) {
    DoorOptions options;
    options.cors_origins = items_of(environment.text("CORS_ORIGINS",
                                                     "origins whose pages may call, comma-separated",
                                                     "http://localhost:3000,http://127.0.0.1:3000"));
    options.trusted_proxies = items_of(environment.text(
        "TRUSTED_PROXIES", "addresses whose X-Forwarded-For is believed, comma-separated", ""));
    options.rate_limit.per_s = static_cast<double>(environment.integer(
        "RATE_LIMIT_PER_S", "requests a second that one caller may make; 0: any number", 200, 0, 1'000'000));
    options.rate_limit.burst = static_cast<double>(environment.integer(
        "RATE_LIMIT_BURST", "requests that one caller may make at once", 400, 1, 1'000'000));
    return options;
}

Config read_config(runtime::Environment& environment) {
    Config config;
    config.service = runtime::read_service_options(environment, "gateway", 9000);
    read_upstreams(environment, config);
    config.jwks_url = environment.text(
        "JWKS_URL", "where the public keys of tokens are", "http://127.0.0.1:8005/.well-known/jwks.json");
    config.token_issuer = environment.text("TOKEN_ISSUER", "issuer that tokens must name", "tandem");
    config.token_audience =
        environment.text("TOKEN_AUDIENCE", "audience that tokens must name", "tandem-shop");
    config.routes_file = environment.text("ROUTES_FILE", "JSON file of routes; empty: those compiled in", "");
    config.openapi_file =
        environment.text("OPENAPI_FILE", "contract to show at /docs; empty: the one compiled in", "");
    config.door = read_door_options(environment);
    config.service.server.cors.emplace(config.door.cors_origins);
    read_limits(environment, config);
    return config;
}

Result<std::string> text_of(const std::string& file, std::string_view builtin) {
    if (file.empty()) {
        return std::string(builtin);
    }
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    if (!stream) {
        return fail(ErrorKind::invalid, "cannot read " + file);
    }
    return text.str();
}

Result<Proxy::Upstreams> upstreams_of(const Config& config) {
    Proxy::Upstreams upstreams;
    for (const auto& [service, urls] : config.upstream_urls) {
        std::vector<http::Endpoint> endpoints;
        for (const std::string& url : urls) {
            auto endpoint = http::Endpoint::parse(url);
            if (!endpoint) {
                return fail(std::move(endpoint.error()));
            }
            endpoints.push_back(*std::move(endpoint));
        }
        upstreams.emplace(service, Upstream(service, endpoints, {}));
    }
    return upstreams;
}

Result<std::optional<redis::Address>> redis_of(const Config& config) {
    if (config.redis_url.empty()) {
        return std::nullopt;
    }
    auto address = redis::Address::parse(config.redis_url);
    if (!address) {
        return fail(ErrorKind::invalid, "REDIS_URL: " + address.error().message());
    }
    return *std::move(address);
}

} // namespace tandem::gateway
