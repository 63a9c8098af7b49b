#pragma once

#include "libs/http/message.hpp"

#include <optional>
#include <set>
#include <string>

namespace tandem::http {

/// Which pages of other origins may call (WHATWG Fetch, section 3.2). Only origins of the list are
/// answered; there is no wildcard, and no credentials: tokens travel in a header.
class Cors {
public:
    explicit Cors(std::set<std::string> origins) : origins_(std::move(origins)) {}

    /// The answer to a preflight request; nothing when `request` is none.
    std::optional<Response> preflight(const Request& request) const;
    /// Lets the page of `origin`, if listed, read `response`.
    void allow(std::string_view origin, Response& response) const;

private:
    bool is_listed(std::string_view origin) const { return origins_.contains(std::string(origin)); }

    std::set<std::string> origins_;
};

} // namespace tandem::http
