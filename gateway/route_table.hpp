#pragma once

#include "libs/http/message.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace tandem::gateway {

enum class Auth {
    none,     ///< a token, if any, is nobody's business here
    optional, ///< may come without a token, but not with a bad one
    required,
    admin
};

/// The services that a route may lead to; each has a list of instances.
constexpr std::array<std::string_view, 6> services{"user", "product", "cart", "order", "payment", "email"};

/// One public operation, and what it becomes behind the gateway.
struct Route {
    http::Method method = http::Method::get;
    std::string path;    ///< "/api/cart/items/{id}"
    std::string service; ///< "cart"
    std::string target;  ///< "/cart/{me}/items/{id}"; {me} is the token's user id
    Auth auth = Auth::required;
    bool streaming = false;   ///< the answer is passed on as it comes
    bool rate_limited = true; ///< counts against the caller's rate limit
};

/// Reads the JSON array of routes.json: objects with `method`, `path`, `service`, `target`, `auth`
/// (none, optional, required, admin), and optional `streaming` (false) and `limit` (standard, none).
/// ErrorKind::invalid names the first route that makes no sense: an unknown service, a target that
/// uses a parameter which its path lacks, {me} without a required token, the same operation twice.
Result<std::vector<Route>> read_routes(std::string_view json);

/// The path to ask for upstream. Parameters are encoded anew, so that none can reach beyond its
/// segment.
std::string target_of(const Route& route, const http::Request& request, std::int64_t me);

} // namespace tandem::gateway
