#pragma once

#include "gateway/backend.hpp"
#include "gateway/health_monitor.hpp"
#include "gateway/rate_limiter.hpp"
#include "libs/auth/authenticator.hpp"
#include "libs/http/router.hpp"

#include <set>

namespace tandem::gateway {

/// The public door: finds the route of a request, checks who calls and how often, and sends it on.
/// Refers to its parts, which must outlive it. Use on the event loop's thread only.
class Gateway {
public:
    struct Parts {
        auth::Authenticator& authenticator;
        Backend& backend;
        RateLimiter& limiter;
    };

    Gateway(Parts parts, std::vector<Route> routes, std::set<std::string> trusted_proxies);

    /// GET /health: how the services are.
    void serve_health(HealthMonitor& health);
    /// /openapi.yaml, and /docs made of it.
    void serve_contract(std::string openapi_yaml);

    /// Answers any request.
    Task<http::Response> handle(http::Request request);

private:
    Task<http::Response> admit(const Route& route, http::Request request);
    Task<std::optional<int>> seconds_to_wait(const Route& route, std::string caller);
    void serve_text(std::string path, std::string type, std::string text);

    Parts parts_;
    std::vector<Route> routes_;
    std::set<std::string> trusted_proxies_;
    http::Router router_;
};

} // namespace tandem::gateway
