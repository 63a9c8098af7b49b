#include "gateway/gateway.hpp"

#include "gateway/documentation.hpp"
#include "gateway/forwarding.hpp"

namespace tandem::gateway {
namespace {

Task<http::Response> answer_with(http::Response response) {
    co_return response;
}

std::string user_caller(std::int64_t user_id) {
    return "user " + std::to_string(user_id);
}

Error too_many(int wait_s) {
    Error error(ErrorKind::too_many_requests, "That were too many requests; please wait a moment.");
    return error.retry_after(wait_s);
}

} // namespace

Gateway::Gateway(Parts parts, std::vector<Route> routes, std::set<std::string> trusted_proxies)
    : parts_(parts), routes_(std::move(routes)), trusted_proxies_(std::move(trusted_proxies)) {
    for (const Route& route : routes_) {
        router_.add(route.method, route.path, [this, &route](http::Request request) {
            return admit(route, std::move(request));
        });
    }
}

void Gateway::serve_health(HealthMonitor& health) {
    router_.add(http::Method::get, "/health", [&health](const http::Request&) { return health.report(); });
}

void Gateway::serve_contract(std::string openapi_yaml) {
    serve_text("/docs", "text/html; charset=utf-8", documentation_page(operations_of(openapi_yaml)));
    serve_text("/openapi.yaml", "application/yaml; charset=utf-8", std::move(openapi_yaml));
}

void Gateway::serve_text(std::string path, std::string type, std::string text) {
    http::Response response = http::Response::text(200, std::move(text), std::move(type));
    response.headers.add("Cache-Control", "max-age=300");
    response.headers.add("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
    router_.add(http::Method::get, std::move(path), [response](const http::Request&) {
        return answer_with(response);
    });
}

Task<http::Response> Gateway::handle(http::Request request) {
    return router_.handle(std::move(request));
}

Task<http::Response> Gateway::admit(const Route& route, http::Request request) {
    const std::string client = client_of(request, trusted_proxies_);
    const std::string path = request.path;
    const std::string authorization(request.headers.get("Authorization"));
    std::string caller = client;
    std::int64_t me = 0;
    bool is_admin = false;
    const bool may_be_anonymous =
        route.auth == Auth::none || (route.auth == Auth::optional && authorization.empty());
    if (!may_be_anonymous) {
        const auto principal = co_await parts_.authenticator.authenticate(authorization);
        if (!principal) {
            const auto wait_s = co_await seconds_to_wait(route, client);
            co_return http::problem(wait_s ? too_many(*wait_s) : principal.error(), path);
        }
        me = principal->user_id;
        caller = user_caller(me);
        is_admin = principal->is_admin();
    }
    const auto wait_s = co_await seconds_to_wait(route, std::move(caller));
    if (wait_s) {
        co_return http::problem(too_many(*wait_s), path);
    }
    if (route.auth == Auth::admin && !is_admin) {
        co_return http::problem(Error(ErrorKind::forbidden, "Only an administrator may do this."), path);
    }
    const std::string target = target_of(route, request, me);
    http::Request outgoing = forwarded(std::move(request), target, client);
    outgoing.route = route.target;
    http::Response response = co_await parts_.backend.send(route, std::move(outgoing));
    name_publicly(response, target, path);
    co_return response;
}

Task<std::optional<int>> Gateway::seconds_to_wait(const Route& route, std::string caller) {
    if (!route.rate_limited) {
        co_return std::nullopt;
    }
    const auto wait_s = co_await parts_.limiter.take(std::move(caller));
    co_return wait_s;
}

} // namespace tandem::gateway
