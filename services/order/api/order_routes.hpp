#pragma once

#include "libs/http/router.hpp"
#include "services/order/api/door.hpp"
#include "services/order/core/order_desk.hpp"

namespace tandem::order {

/// What exists once an order is placed: /orders...
class OrderRoutes {
public:
    OrderRoutes(OrderDesk& desk, Door& door) : desk_(desk), door_(door) {}

    void mount(http::Router& router);

private:
    Task<http::Response> list_own(http::Request request);
    Task<http::Response> list_of_user(http::Request request);
    Task<http::Response> list(http::Request request, UserId user, Caller caller);
    Task<http::Response> show(http::Request request);
    Task<http::Response> show_status(http::Request request);
    Task<http::Response> show_history(http::Request request);
    Task<http::Response> cancel(http::Request request);
    Task<http::Response> move(http::Request request);

    using Write = std::string (*)(const StoredOrder& order);
    Task<http::Response> show_as(http::Request request, Write write);

    OrderDesk& desk_;
    Door& door_;
};

} // namespace tandem::order
