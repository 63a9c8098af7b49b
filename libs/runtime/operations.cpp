#include "libs/runtime/operations.hpp"

#include "libs/telemetry/metrics.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace tandem::runtime {
namespace {

constexpr std::array<std::string_view, 5> paths{"/", "/health", "/health/live", "/health/ready", "/metrics"};

std::string quoted_list(const std::vector<std::string>& names) {
    std::string list;
    for (const std::string& name : names) {
        list += (list.empty() ? "\"" : ",\"") + name + "\"";
    }
    return list;
}

} // namespace

Operations::Operations(std::string service) : service_(std::move(service)) {}

bool Operations::owns(std::string_view path) {
    return std::ranges::find(paths, path) != paths.end();
}

void Operations::mount(http::Router& router) {
    using http::Method;
    router.add(
        Method::get, "/health/live", [this](http::Request request) { return live(std::move(request)); });
    router.add(
        Method::get, "/health/ready", [this](http::Request request) { return ready(std::move(request)); });
    router.add(Method::get, "/health", [this](http::Request request) { return health(std::move(request)); });
    router.add(
        Method::get, "/metrics", [this](http::Request request) { return metrics(std::move(request)); });
    router.add(Method::get, "/", [this](http::Request request) { return greeting(std::move(request)); });
}

std::vector<std::string> Operations::failing() const {
    std::vector<std::string> names;
    if (stopping_) {
        names.emplace_back("stopping");
    }
    for (const auto& [name, check] : checks_) {
        if (!check()) {
            names.push_back(name);
        }
    }
    return names;
}

std::string Operations::summary(bool with_checks) const {
    const std::string_view status = failing().empty() ? "ok" : "degraded";
    std::string text =
        fmt::format(R"({{"service":"{}","status":"{}","version":"{}")", service_, status, TANDEM_VERSION);
    if (with_checks) {
        std::string checks;
        for (const auto& [name, check] : checks_) {
            checks += fmt::format(R"({}"{}":"{}")", checks.empty() ? "" : ",", name, check() ? "up" : "down");
        }
        const auto uptime =
            std::chrono::floor<std::chrono::seconds>(std::chrono::steady_clock::now() - started_);
        text += fmt::format(R"(,"checks":{{{}}},"uptime_s":{})", checks, uptime.count());
    }
    return text + "}";
}

Task<http::Response> Operations::live(http::Request) {
    co_return http::Response::json(200, R"({"status":"ok"})");
}

Task<http::Response> Operations::ready(http::Request) {
    const std::vector<std::string> names = failing();
    if (names.empty()) {
        co_return http::Response::json(200, R"({"status":"ready","failing":[]})");
    }
    http::Response response = http::Response::json(
        503, fmt::format(R"({{"status":"not ready","failing":[{}]}})", quoted_list(names)));
    response.headers.set("Retry-After", "1");
    co_return response;
}

Task<http::Response> Operations::health(http::Request) {
    co_return http::Response::json(failing().empty() ? 200 : 503, summary(true));
}

Task<http::Response> Operations::metrics(http::Request) {
    co_return http::Response::text(
        200, telemetry::metrics_text(), "text/plain; version=0.0.4; charset=utf-8");
}

Task<http::Response> Operations::greeting(http::Request) {
    co_return http::Response::json(200, summary(false));
}

} // namespace tandem::runtime
