#include "gateway/forwarding.hpp"

#include "libs/http/serialise.hpp"
#include "libs/http/url.hpp"
#include "libs/json/writer.hpp"

#include <algorithm>
#include <array>

namespace tandem::gateway {
namespace {

constexpr std::array<std::string_view, 9> own_request_headers{"X-Deadline-Ms",
                                                              "X-Forwarded-For",
                                                              "X-Forwarded-Proto",
                                                              "X-Forwarded-Host",
                                                              "Forwarded",
                                                              "X-Real-IP",
                                                              "X-Request-Id",
                                                              "traceparent",
                                                              "Host"};
constexpr std::array<std::string_view, 1> own_response_headers{"Server"};
const std::string public_prefix = "/api";

template <std::size_t count>
bool is_one_of(std::string_view name, const std::array<std::string_view, count>& names) {
    return std::ranges::any_of(names,
                               [&](std::string_view own) { return http::equal_ignoring_case(own, name); });
}

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = std::min(text.find_first_not_of(" \t"), text.size());
    text.remove_prefix(begin);
    return text.substr(0, text.find_last_not_of(" \t") + 1);
}

/// Whether `list` ("close, X-Secret") holds `name`.
bool lists(std::string_view list, std::string_view name) {
    while (!list.empty()) {
        const std::string_view item = list.substr(0, list.find(','));
        if (http::equal_ignoring_case(trimmed(item), name)) {
            return true;
        }
        list.remove_prefix(std::min(item.size() + 1, list.size()));
    }
    return false;
}

bool is_named_by_connection(const http::Headers& headers, std::string_view name) {
    return std::ranges::any_of(headers.all(), [&](const http::Headers::Field& field) {
        return http::equal_ignoring_case(field.first, "Connection") && lists(field.second, name);
    });
}

} // namespace

http::Request forwarded(http::Request request, std::string target, const std::string& client) {
    http::Headers kept;
    for (const auto& [name, value] : request.headers.all()) {
        if (!http::is_hop_by_hop(name) && !is_one_of(name, own_request_headers) &&
            !is_named_by_connection(request.headers, name)) {
            kept.add(name, value);
        }
    }
    kept.add("X-Forwarded-For", client);
    kept.add("X-Forwarded-Proto", "http");
    kept.add("X-Forwarded-Host", std::string(request.headers.get("Host")));
    request.headers = std::move(kept);
    request.path = std::move(target);
    request.path_parameters.clear();
    return request;
}

http::Response passed_on(http::Response answer) {
    http::Response response;
    response.status = answer.status;
    for (const auto& [name, value] : answer.headers.all()) {
        if (!http::is_hop_by_hop(name) && !is_one_of(name, own_response_headers) &&
            !is_named_by_connection(answer.headers, name)) {
            response.headers.add(name, value);
        }
    }
    response.body = std::move(answer.body);
    return response;
}

void name_publicly(http::Response& answer, std::string_view target, std::string_view path) {
    const std::string location(answer.headers.get("Location"));
    if (location.starts_with('/') && path == public_prefix + std::string(target)) {
        answer.headers.set("Location", public_prefix + location);
    }
    if (answer.headers.get("Content-Type") != "application/problem+json") {
        return;
    }
    const std::string internal = R"("instance":)" + json::quote(target);
    const std::size_t at = answer.body.find(internal);
    if (at != std::string::npos) {
        answer.body.replace(at, internal.size(), R"("instance":)" + json::quote(path));
    }
}

std::string client_of(const http::Request& request, const std::set<std::string>& trusted_proxies) {
    if (!trusted_proxies.contains(request.client_address)) {
        return request.client_address;
    }
    std::string_view last;
    for (const auto& [name, value] : request.headers.all()) {
        if (http::equal_ignoring_case(name, "X-Forwarded-For")) {
            last = value;
        }
    }
    last = trimmed(last.substr(last.rfind(',') + 1));
    return last.empty() ? request.client_address : std::string(last);
}

} // namespace tandem::gateway
