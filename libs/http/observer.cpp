#include "libs/http/observer.hpp"

#include "libs/telemetry/log.hpp"

namespace tandem::http {
namespace {

constexpr std::string_view no_route = "unmatched";

/// Probes come every second or two from everywhere; their lines would bury the others.
bool is_probe(std::string_view path) {
    return path == "/metrics" || path == "/health" || path.starts_with("/health/");
}

} // namespace

void Observer::served(const Served& request) {
    const Series& series = series_of(request);
    series.requests.add();
    series.duration.observe(request.duration);
    const auto level = request.status >= 500    ? telemetry::Level::warn
                       : is_probe(request.path) ? telemetry::Level::debug
                                                : telemetry::Level::info;
    const double duration_ms = std::chrono::duration<double, std::milli>(request.duration).count();
    telemetry::log(level,
                   "request",
                   {{"method", to_string(request.method)},
                    {"path", request.path},
                    {"status", request.status},
                    {"duration_ms", duration_ms},
                    {"request_id", request.context.request_id},
                    {"traceparent", request.context.traceparent}});
}

const Observer::Series& Observer::series_of(const Served& request) {
    const std::string_view route = request.route.empty() ? no_route : request.route;
    const auto found = series_.find({route, request.method, request.status});
    if (found != series_.end()) {
        return found->second;
    }
    // The key's view points into the set of names, which keeps each in place.
    const std::string& name = *routes_.emplace(route).first;
    const std::string method(to_string(request.method));
    Series series{
        .requests = telemetry::counter(
            "tandem_http_requests_total",
            "Requests answered, by route and status",
            {{"method", method}, {"route", name}, {"status", std::to_string(request.status)}}),
        .duration = telemetry::histogram("tandem_http_request_duration_seconds",
                                         "Time from a request's last byte to its answer's first",
                                         {{"method", method}, {"route", name}}),
    };
    return series_.emplace(std::tuple(std::string_view(name), request.method, request.status), series)
        .first->second;
}

} // namespace tandem::http
