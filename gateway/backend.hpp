#pragma once

#include "gateway/route_table.hpp"
#include "libs/kernel/task.hpp"

namespace tandem::gateway {

/// Who answers what the door has admitted: services over HTTP (Proxy), or modules of the same process.
class Backend {
public:
    virtual ~Backend() = default;

    /// `request` as `forwarded` made it, its path the route's target. Throws tandem::Unavailable,
    /// DeadlineExceeded.
    virtual Task<http::Response> send(const Route& route, http::Request request) = 0;
};

} // namespace tandem::gateway
