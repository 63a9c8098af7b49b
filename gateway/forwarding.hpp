#pragma once

#include "libs/http/message.hpp"

#include <set>
#include <string>

namespace tandem::gateway {

/// What a request looks like behind the gateway: same method, query, body and end-to-end headers,
/// another path. Headers about the connection, those that the Connection header names, and those
/// by which the gateway itself speaks to the services (X-Forwarded-*, X-Deadline-Ms, trace) are not
/// taken from the client.
http::Request forwarded(http::Request request, std::string target, const std::string& client);

/// The end-to-end headers and the body of an upstream's answer.
http::Response passed_on(http::Response answer);

/// A service's problem names the path that it was asked for; the caller shall read the path that it
/// asked for (RFC 9457, `instance`). And where something new is found (`Location`, RFC 9110, section
/// 10.2.2) is said as the caller has to ask for it.
void name_publicly(http::Response& answer, std::string_view target, std::string_view path);

/// The caller's address: the peer's, or, when the peer is a trusted proxy, the last address of
/// X-Forwarded-For, which that proxy wrote.
std::string client_of(const http::Request& request, const std::set<std::string>& trusted_proxies);

} // namespace tandem::gateway
