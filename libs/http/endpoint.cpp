#include "libs/http/client.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace tandem::http {
namespace {

bool is_host_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_';
}

std::unexpected<Error> not_an_endpoint(std::string_view url) {
    return fail(ErrorKind::invalid, fmt::format("'{}' is not a URL of the form http://host:port", url));
}

} // namespace

Result<Endpoint> Endpoint::parse(std::string_view url) {
    constexpr std::string_view scheme = "http://";
    if (!url.starts_with(scheme)) {
        return not_an_endpoint(url);
    }
    std::string_view rest = url.substr(scheme.size());
    if (rest.ends_with('/')) {
        rest.remove_suffix(1);
    }
    const std::size_t colon = std::min(rest.find(':'), rest.size());
    const std::string_view host = rest.substr(0, colon);
    if (host.empty() || !std::ranges::all_of(host, is_host_character)) {
        return not_an_endpoint(url);
    }
    Endpoint endpoint{.host = std::string(host), .port = 80};
    if (colon == rest.size()) {
        return endpoint;
    }
    const std::string_view digits = rest.substr(colon + 1);
    const char* const end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, endpoint.port);
    if (error != std::errc() || stop != end || endpoint.port == 0) {
        return not_an_endpoint(url);
    }
    return endpoint;
}

std::string Endpoint::to_string() const {
    return fmt::format("{}:{}", host, port);
}

} // namespace tandem::http
