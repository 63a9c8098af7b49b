#include "libs/redis/address.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <optional>

namespace tandem::redis {
namespace {

constexpr std::string_view scheme = "redis://";

std::unexpected<Error> wrong(std::string_view what) {
    return fail(ErrorKind::invalid,
                fmt::format("{}; wanted is redis://[[user]:password@]host[:port][/database]", what));
}

bool is_host_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_';
}

bool is_address_character(char c) { // of IPv6, in brackets
    return is_host_character(c) || c == ':' || c == '%';
}

std::optional<std::uint16_t> number_of(std::string_view digits) {
    std::uint16_t number = 0;
    const char* const end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, number);
    return error == std::errc() && stop == end ? std::optional(number) : std::nullopt;
}

std::optional<std::string> percent_decoded(std::string_view text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded += text[i];
            continue;
        }
        const std::string_view digits = text.substr(i + 1, 2);
        unsigned char byte = 0;
        const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), byte, 16);
        if (error != std::errc() || stop != digits.data() + 2) {
            return std::nullopt;
        }
        decoded += static_cast<char>(byte);
        i += 2;
    }
    return decoded;
}

Result<Address> with_login(Address address, std::string_view login) {
    const std::size_t colon = login.find(':');
    if (colon == std::string_view::npos || colon + 1 == login.size()) {
        return wrong("a login needs a password, after a colon");
    }
    auto user = percent_decoded(login.substr(0, colon));
    auto password = percent_decoded(login.substr(colon + 1));
    if (!user || !password) {
        return wrong("in user and password a '%' begins two hexadecimal digits");
    }
    address.user = *std::move(user);
    address.password = *std::move(password);
    return address;
}

Result<Address> with_place(Address address, std::string_view place) {
    const bool bracketed = place.starts_with('[');
    const std::size_t host_end = std::min(place.find(bracketed ? "]" : ":"), place.size());
    const std::string_view host = place.substr(bracketed ? 1 : 0, host_end - (bracketed ? 1 : 0));
    const bool closed = !bracketed || host_end < place.size();
    if (host.empty() || !closed ||
        !std::ranges::all_of(host, bracketed ? is_address_character : is_host_character)) {
        return wrong("the host is missing, or holds what no host name can (is the password encoded?)");
    }
    address.host = host;
    const std::string_view rest = place.substr(std::min(host_end + (bracketed ? 1 : 0), place.size()));
    if (rest.empty()) {
        return address;
    }
    const auto port = rest.starts_with(':') ? number_of(rest.substr(1)) : std::nullopt;
    if (!port || *port == 0) {
        return wrong("the port is not a number from 1 to 65535");
    }
    address.port = *port;
    return address;
}

} // namespace

Result<Address> Address::parse(std::string_view url) {
    if (url.starts_with("rediss://")) {
        return wrong("TLS (rediss://) is not supported");
    }
    if (!url.starts_with(scheme)) {
        return wrong("it does not begin with redis://");
    }
    url.remove_prefix(scheme.size());
    const std::string_view authority = url.substr(0, url.find('/'));
    const std::size_t at = authority.rfind('@');
    const bool has_login = at != std::string_view::npos;
    auto address = with_place({}, has_login ? authority.substr(at + 1) : authority);
    if (address && has_login) {
        address = with_login(*std::move(address), authority.substr(0, at));
    }
    const std::string_view path = url.substr(std::min(authority.size() + 1, url.size()));
    if (address && !path.empty()) {
        const auto database = number_of(path);
        if (!database) {
            return wrong("the database is not a number from 0 to 65535");
        }
        address->database = *database;
    }
    return address;
}

std::string Address::to_string() const {
    return fmt::format("{}:{}", host, port);
}

} // namespace tandem::redis
