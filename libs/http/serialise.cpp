#include "libs/http/serialise.hpp"

#include "libs/http/reason.hpp"
#include "libs/http/url.hpp"

#include <algorithm>
#include <array>
#include <ctime>
#include <fmt/format.h>
#include <stdexcept>

namespace tandem::http {
namespace {

constexpr std::array<std::string_view, 9> connection_fields{"Connection",
                                                            "Keep-Alive",
                                                            "Transfer-Encoding",
                                                            "TE",
                                                            "Trailer",
                                                            "Upgrade",
                                                            "Proxy-Connection",
                                                            "Proxy-Authenticate",
                                                            "Proxy-Authorization"};

constexpr std::array<std::string_view, 4> server_fields{
    "Content-Length", "Date", "X-Request-Id", "X-Trace-Id"};

/// What a browser must not guess or frame, unless the handler says otherwise.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> security_fields{{
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "no-referrer"},
    {"Cache-Control", "no-store"},
}};

template <std::size_t count>
bool is_one_of(std::string_view name, const std::array<std::string_view, count>& names) {
    return std::ranges::any_of(names,
                               [&](std::string_view known) { return equal_ignoring_case(known, name); });
}

bool is_control(char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
    const std::size_t start = out.size();
    out.append(name).append(": ").append(value);
    std::replace_if(out.begin() + static_cast<std::ptrdiff_t>(start), out.end(), is_control, ' ');
    out += "\r\n";
}

void append_length(std::string& out, std::size_t bytes) {
    fmt::format_to(std::back_inserter(out), "Content-Length: {}\r\n", bytes);
}

bool may_have_body(int status) {
    return status >= 200 && status != 204 && status != 304;
}

void append_framing(std::string& out, const Response& response, Framing framing) {
    if (framing == Framing::chunked) {
        out += "Transfer-Encoding: chunked\r\n";
    } else if (framing == Framing::length && may_have_body(response.status)) {
        append_length(out, response.body.size());
    } else if (framing == Framing::none && response.headers.has("Content-Length")) {
        append_field(out, "Content-Length", response.headers.get("Content-Length"));
    } else if (framing == Framing::none && may_have_body(response.status) && !response.stream) {
        append_length(out, response.body.size());
    }
}

} // namespace

bool is_hop_by_hop(std::string_view name) {
    return is_one_of(name, connection_fields);
}

std::string_view http_date() {
    thread_local std::time_t second = 0;
    thread_local std::array<char, 40> text{};
    thread_local std::size_t size = 0;
    const std::time_t now = std::time(nullptr);
    if (now != second) {
        std::tm parts{};
        gmtime_r(&now, &parts);
        size = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
        second = now;
    }
    return {text.data(), size};
}

void append_head(std::string& out, const Response& response, const ResponseFrame& frame) {
    fmt::format_to(std::back_inserter(out),
                   "HTTP/1.1 {} {}\r\nDate: {}\r\n",
                   response.status,
                   reason_phrase(response.status),
                   http_date());
    for (const auto& [name, value] : response.headers.all()) {
        if (!is_hop_by_hop(name) && !is_one_of(name, server_fields)) {
            append_field(out, name, value);
        }
    }
    for (const auto& [name, value] : security_fields) {
        if (!response.headers.has(name)) {
            append_field(out, name, value);
        }
    }
    append_field(out, "X-Request-Id", frame.request_id);
    append_field(out, "X-Trace-Id", frame.trace_id);
    append_framing(out, response, frame.framing);
    out += frame.keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
}

void append_chunk_size(std::string& out, std::size_t bytes) {
    fmt::format_to(std::back_inserter(out), "{:x}\r\n", bytes);
}

void append_head(std::string& out, const Request& request, std::string_view host) {
    const auto breaks_the_line = [](char c) { return is_control(c) || c == ' ' || c == '\t'; };
    if (!request.path.starts_with('/') || std::ranges::any_of(request.path, breaks_the_line) ||
        std::ranges::any_of(request.query, breaks_the_line)) {
        throw std::invalid_argument("a request's path and query must be encoded");
    }
    out.append(to_string(request.method)).append(" ").append(request.path);
    if (!request.query.empty()) {
        out.append("?").append(request.query);
    }
    out += " HTTP/1.1\r\n";
    append_field(out, "Host", host);
    for (const auto& [name, value] : request.headers.all()) {
        const bool replaced = equal_ignoring_case(name, "Host") ||
                              equal_ignoring_case(name, "Content-Length") ||
                              equal_ignoring_case(name, "Expect");
        if (!replaced && !is_hop_by_hop(name)) {
            append_field(out, name, value);
        }
    }
    const bool may_carry_body =
        request.method == Method::post || request.method == Method::put || request.method == Method::patch;
    if (may_carry_body || !request.body.empty()) {
        append_length(out, request.body.size());
    }
    out += "\r\n";
}

} // namespace tandem::http
