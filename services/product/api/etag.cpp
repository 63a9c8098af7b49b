#include "services/product/api/etag.hpp"

#include <fmt/format.h>

namespace tandem::product {
namespace {

/// FNV-1a, 64 bits: the same in every build, unlike std::hash.
std::uint64_t fnv1a(std::string_view text, std::uint64_t hash = 0xcbf29ce484222325U) {
    for (const char byte : text) {
        hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3U;
    }
    return hash;
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
        text.remove_suffix(1);
    }
    return text;
}

/// Weak comparison: "W/" does not count.
bool names(std::string_view if_none_match, std::string_view opaque_tag) {
    while (!if_none_match.empty()) {
        const std::size_t comma = std::min(if_none_match.find(','), if_none_match.size());
        std::string_view candidate = trim(if_none_match.substr(0, comma));
        if_none_match.remove_prefix(std::min(comma + 1, if_none_match.size()));
        if (candidate.starts_with("W/")) {
            candidate.remove_prefix(2);
        }
        if (candidate == opaque_tag || candidate == "*") {
            return true;
        }
    }
    return false;
}

} // namespace

http::Response with_etag(const http::Request& request, http::Response response) {
    const std::uint64_t hash = fnv1a(response.headers.get("X-Total-Count"), fnv1a(response.body));
    const std::string opaque_tag = fmt::format("\"{:016x}\"", hash);
    response.headers.set("ETag", "W/" + opaque_tag);
    response.headers.set("Cache-Control", "no-cache");
    if (names(request.headers.get("If-None-Match"), opaque_tag)) {
        response.status = 304;
        response.body.clear();
        response.headers.erase("Content-Type");
    }
    return response;
}

} // namespace tandem::product
