#pragma once

#include "libs/http/message.hpp"
#include "services/order/core/caller.hpp"

#include <algorithm>
#include <chrono>
#include <string>

namespace tandem::order {

/// A request to another service on the caller's behalf, to be answered within `patience` and within
/// the caller's own deadline.
inline http::Request upstream_request(http::Method method,
                                      std::string path,
                                      const Caller& caller,
                                      std::chrono::milliseconds patience) {
    http::Request request;
    request.method = method;
    request.path = std::move(path);
    request.headers.set("Authorization", caller.authorization);
    request.headers.set("Accept", "application/json");
    request.context = caller.context;
    request.deadline = std::min(caller.deadline, std::chrono::steady_clock::now() + patience);
    return request;
}

} // namespace tandem::order
