#pragma once

#include "libs/http/message.hpp"

#include <set>
#include <string>

namespace tandem::user {

/// Where a request comes from: its peer, unless that is a trusted proxy (the gateway); then the last
/// entry of X-Forwarded-For, which is the one that proxy wrote. What a client writes into the header
/// itself never counts. `trusted` holds plain addresses; "*" trusts every peer.
std::string client_address(const http::Request& request, const std::set<std::string>& trusted);

} // namespace tandem::user
