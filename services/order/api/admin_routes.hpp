#pragma once

#include "libs/http/router.hpp"
#include "services/order/api/door.hpp"
#include "services/order/core/dead_letters.hpp"
#include "services/order/core/order_desk.hpp"

namespace tandem::order {

/// What administrators see of all customers' orders, and of the events that were given up: /admin...
class AdminRoutes {
public:
    AdminRoutes(OrderDesk& desk, DeadLetters& dead_letters, Door& door)
        : desk_(desk), dead_letters_(dead_letters), door_(door) {}

    void mount(http::Router& router);

private:
    Task<http::Response> list_orders(http::Request request);
    Task<http::Response> list_dead_letters(http::Request request);
    Task<http::Response> replay(http::Request request);
    /// Nothing for an administrator; for everybody else the answer.
    Task<std::optional<http::Response>> refusal(const http::Request& request);

    OrderDesk& desk_;
    DeadLetters& dead_letters_;
    Door& door_;
};

} // namespace tandem::order
