#include "services/user/api/client_address.hpp"

#include "libs/http/url.hpp"

#include <string_view>

namespace tandem::user {
namespace {

constexpr std::size_t address_bytes_max = 64;

std::string_view last_entry(std::string_view list) {
    const auto comma = list.rfind(',');
    list.remove_prefix(comma == std::string_view::npos ? 0 : comma + 1);
    const auto first = list.find_first_not_of(' ');
    return first == std::string_view::npos ? "" : list.substr(first, list.find_last_not_of(' ') - first + 1);
}

/// The header's lines count as one list, in order (RFC 9110, section 5.3).
std::string_view last_line(const http::Headers& headers) {
    std::string_view last;
    for (const auto& [name, value] : headers.all()) {
        last = http::equal_ignoring_case(name, "X-Forwarded-For") ? std::string_view(value) : last;
    }
    return last;
}

} // namespace

std::string client_address(const http::Request& request, const std::set<std::string>& trusted) {
    const bool from_proxy = trusted.contains("*") || trusted.contains(request.client_address);
    const std::string_view forwarded =
        from_proxy ? last_entry(last_line(request.headers)) : std::string_view();
    const bool usable = !forwarded.empty() && forwarded.size() <= address_bytes_max;
    return usable ? std::string(forwarded) : request.client_address;
}

} // namespace tandem::user
