#pragma once

#include "gateway/health_monitor.hpp"
#include "gateway/proxy.hpp"
#include "gateway/rate_limiter.hpp"
#include "libs/redis/address.hpp"
#include "libs/runtime/service.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace tandem::gateway {

/// What a public door is told, whoever answers behind it.
struct DoorOptions {
    std::set<std::string> cors_origins;
    std::set<std::string> trusted_proxies;
    RateLimit rate_limit;
};
DoorOptions read_door_options(runtime::Environment& environment);

/// The settings of the gateway; `--help` prints them.
struct Config {
    runtime::ServiceOptions service;
    std::map<std::string, std::vector<std::string>, std::less<>> upstream_urls; ///< by service
    std::string jwks_url;
    std::string token_issuer;
    std::string token_audience;
    std::string routes_file;  ///< empty: the routes compiled in
    std::string openapi_file; ///< empty: the contract compiled in
    DoorOptions door;
    std::string redis_url; ///< holds a password; empty: limits are counted in this process only
    HealthMonitor::Options health;
};

Config read_config(runtime::Environment& environment);

/// The routes and the contract that the program was built with.
std::string_view builtin_routes();
std::string_view builtin_openapi();

/// The file's text, or `builtin` when no file is named. ErrorKind::invalid when it cannot be read.
Result<std::string> text_of(const std::string& file, std::string_view builtin);

/// ErrorKind::invalid when a URL is none.
Result<Proxy::Upstreams> upstreams_of(const Config& config);

/// Nothing when no Redis is named; ErrorKind::invalid when its URL is none.
Result<std::optional<redis::Address>> redis_of(const Config& config);

} // namespace tandem::gateway
