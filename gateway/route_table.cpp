#include "gateway/route_table.hpp"

#include "libs/http/url.hpp"
#include "libs/json/json.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace tandem::gateway {
namespace {

struct Entry {
    std::string method;
    std::string path;
    std::string service;
    std::string target;
    std::string auth;
    std::optional<bool> streaming;
    std::optional<std::string> limit;
};
BOOST_DESCRIBE_STRUCT(Entry, (), (method, path, service, target, auth, streaming, limit))

constexpr std::string_view me_parameter = "me";

std::optional<http::Method> method_of(std::string_view word) {
    using http::Method;
    for (const Method method : {Method::get, Method::post, Method::put, Method::patch, Method::del}) {
        if (to_string(method) == word) {
            return method;
        }
    }
    return std::nullopt;
}

std::optional<Auth> auth_of(std::string_view word) {
    constexpr std::array<std::pair<std::string_view, Auth>, 4> words{{{"none", Auth::none},
                                                                      {"optional", Auth::optional},
                                                                      {"required", Auth::required},
                                                                      {"admin", Auth::admin}}};
    const auto* const found = std::ranges::find(words, word, &std::pair<std::string_view, Auth>::first);
    return found == words.end() ? std::nullopt : std::optional(found->second);
}

std::unexpected<Error> refuse(const Entry& entry, std::string_view why) {
    return fail(ErrorKind::invalid, fmt::format("route {} {}: {}", entry.method, entry.path, why));
}

/// Calls `on_text` and `on_parameter` for the parts of "/cart/{me}/items", from left to right.
void for_each_part(std::string_view pattern, const auto& on_text, const auto& on_parameter) {
    while (!pattern.empty()) {
        const std::size_t open = std::min(pattern.find('{'), pattern.size());
        on_text(pattern.substr(0, open));
        pattern.remove_prefix(open);
        const std::size_t close = pattern.find('}');
        if (close == std::string_view::npos) {
            return on_text(pattern);
        }
        on_parameter(pattern.substr(1, close - 1));
        pattern.remove_prefix(close + 1);
    }
}

std::set<std::string_view> parameters_of(std::string_view pattern) {
    std::set<std::string_view> names;
    for_each_part(pattern, [](std::string_view) {}, [&](std::string_view name) { names.insert(name); });
    return names;
}

Result<Route> route_of(const Entry& entry) {
    const auto method = method_of(entry.method);
    const auto auth = auth_of(entry.auth);
    if (!method || !auth) {
        return refuse(entry, method ? "unknown auth" : "unknown method");
    }
    if (!entry.path.starts_with('/') || !entry.target.starts_with('/')) {
        return refuse(entry, "path and target must begin with '/'");
    }
    if (std::ranges::find(services, entry.service) == services.end()) {
        return refuse(entry, "unknown service");
    }
    const std::string limit = entry.limit.value_or("standard");
    if (limit != "standard" && limit != "none") {
        return refuse(entry, "unknown limit");
    }
    const auto known = parameters_of(entry.path);
    for (const std::string_view name : parameters_of(entry.target)) {
        const bool needs_user = name == me_parameter;
        if (needs_user && *auth != Auth::required && *auth != Auth::admin) {
            return refuse(entry, "{me} needs a token");
        }
        if (!needs_user && !known.contains(name)) {
            return refuse(entry, "the target uses a parameter that the path lacks");
        }
    }
    return Route{.method = *method,
                 .path = entry.path,
                 .service = entry.service,
                 .target = entry.target,
                 .auth = *auth,
                 .streaming = entry.streaming.value_or(false),
                 .rate_limited = limit == "standard"};
}

} // namespace

Result<std::vector<Route>> read_routes(std::string_view json) {
    auto entries = json::read<std::vector<Entry>>(json);
    if (!entries) {
        return fail(std::move(entries.error()));
    }
    std::vector<Route> routes;
    std::set<std::pair<std::string, std::string>> seen;
    for (const Entry& entry : *entries) {
        auto route = route_of(entry);
        if (!route) {
            return fail(std::move(route.error()));
        }
        if (!seen.emplace(entry.method, entry.path).second) {
            return refuse(entry, "is there twice");
        }
        routes.push_back(*std::move(route));
    }
    return routes;
}

std::string target_of(const Route& route, const http::Request& request, std::int64_t me) {
    std::string target;
    for_each_part(
        route.target,
        [&](std::string_view text) { target += text; },
        [&](std::string_view name) {
            target +=
                name == me_parameter ? std::to_string(me) : http::percent_encode(request.parameter(name));
        });
    return target;
}

} // namespace tandem::gateway
