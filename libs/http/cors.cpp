#include "libs/http/cors.hpp"

namespace tandem::http {
namespace {

constexpr const char* exposed =
    "Location, X-Total-Count, X-Request-Id, X-Trace-Id, ETag, Idempotency-Replayed, Retry-After";
constexpr const char* methods = "GET, HEAD, POST, PUT, PATCH, DELETE";
constexpr const char* headers =
    "Authorization, Content-Type, Idempotency-Key, If-None-Match, Last-Event-ID, X-Request-Id, traceparent";
constexpr const char* preflight_lifetime_s = "600";

} // namespace

std::optional<Response> Cors::preflight(const Request& request) const {
    if (request.method != Method::options || !request.headers.has("Origin") ||
        !request.headers.has("Access-Control-Request-Method")) {
        return std::nullopt;
    }
    Response response = Response::no_content();
    response.route = "preflight";
    response.headers.add("Vary", "Origin");
    const std::string_view origin = request.headers.get("Origin");
    if (is_listed(origin)) {
        response.headers.add("Access-Control-Allow-Origin", std::string(origin));
        response.headers.add("Access-Control-Allow-Methods", methods);
        response.headers.add("Access-Control-Allow-Headers", headers);
        response.headers.add("Access-Control-Max-Age", preflight_lifetime_s);
    }
    return response;
}

void Cors::allow(std::string_view origin, Response& response) const {
    response.headers.add("Vary", "Origin");
    if (is_listed(origin)) {
        response.headers.set("Access-Control-Allow-Origin", std::string(origin));
        response.headers.set("Access-Control-Expose-Headers", exposed);
    }
}

} // namespace tandem::http
