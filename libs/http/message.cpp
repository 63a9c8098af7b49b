#include "libs/http/message.hpp"

#include "libs/http/url.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace tandem::http {
namespace {

std::optional<std::int64_t> parse_integer(std::string_view text) {
    std::int64_t value = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc() || stop != end) {
        return std::nullopt;
    }
    return value;
}

} // namespace

std::string_view to_string(Method method) {
    switch (method) {
    case Method::get:
        return "GET";
    case Method::head:
        return "HEAD";
    case Method::post:
        return "POST";
    case Method::put:
        return "PUT";
    case Method::patch:
        return "PATCH";
    case Method::del:
        return "DELETE";
    case Method::options:
        return "OPTIONS";
    }
    return "";
}

std::string_view Headers::get(std::string_view name) const {
    for (const auto& [key, value] : fields_) {
        if (equal_ignoring_case(key, name)) {
            return value;
        }
    }
    return {};
}

bool Headers::has(std::string_view name) const {
    return std::ranges::any_of(fields_,
                               [&](const Field& field) { return equal_ignoring_case(field.first, name); });
}

void Headers::add(std::string name, std::string value) {
    fields_.emplace_back(std::move(name), std::move(value));
}

void Headers::set(std::string name, std::string value) {
    erase(name);
    add(std::move(name), std::move(value));
}

void Headers::erase(std::string_view name) {
    std::erase_if(fields_, [&](const Field& field) { return equal_ignoring_case(field.first, name); });
}

std::string_view Request::parameter(std::string_view name) const {
    const auto found = std::ranges::find(path_parameters, name, &std::pair<std::string, std::string>::first);
    return found == path_parameters.end() ? std::string_view() : std::string_view(found->second);
}

Result<std::int64_t> Request::id_parameter(std::string_view name) const {
    const auto id = parse_integer(parameter(name));
    if (!id || *id <= 0) {
        return fail(ErrorKind::not_found, "There is nothing with that id.");
    }
    return *id;
}

std::optional<std::string> Request::query_parameter(std::string_view name) const {
    std::string_view rest = query;
    while (!rest.empty()) {
        const std::string_view pair = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
        const std::size_t equals = std::min(pair.find('='), pair.size());
        if (form_decode(pair.substr(0, equals)) != name) {
            continue;
        }
        const std::string_view value = pair.substr(std::min(equals + 1, pair.size()));
        return form_decode(value).value_or(std::string(value));
    }
    return std::nullopt;
}

Result<std::int64_t> Request::integer_query(std::string_view name,
                                            std::int64_t fallback,
                                            std::int64_t least,
                                            std::int64_t most) const {
    const auto text = query_parameter(name);
    if (!text) {
        return fallback;
    }
    const auto value = parse_integer(*text);
    if (!value || *value < least || *value > most) {
        return fail_field(std::string(name), fmt::format("must be an integer from {} to {}", least, most));
    }
    return *value;
}

Response Response::json(int status, std::string body) {
    return text(status, std::move(body), "application/json");
}

Response Response::text(int status, std::string body, std::string content_type) {
    Response response;
    response.status = status;
    response.headers.add("Content-Type", std::move(content_type));
    response.body = std::move(body);
    return response;
}

Response Response::no_content() {
    Response response;
    response.status = 204;
    return response;
}

Response Response::events(StreamBody stream) {
    Response response;
    response.headers.add("Content-Type", "text/event-stream");
    response.headers.add("Cache-Control", "no-cache");
    response.headers.add("X-Accel-Buffering", "no");
    response.stream = std::move(stream);
    return response;
}

std::optional<Response> require_json(const Request& request) {
    if (request.body.empty()) {
        return std::nullopt;
    }
    std::string_view type = request.headers.get("Content-Type");
    type = type.substr(0, type.find(';'));
    type = type.substr(0, type.find_last_not_of(" \t") + 1);
    if (equal_ignoring_case(type, "application/json")) {
        return std::nullopt;
    }
    return problem(415, "The body must be JSON: send Content-Type: application/json.", request.path);
}

} // namespace tandem::http
