#pragma once

#include "libs/http/router.hpp"
#include "services/order/api/door.hpp"
#include "services/order/core/notifications.hpp"

namespace tandem::order {

/// GET /notifications?skip&limit and PATCH /notifications/{id} {read}: the caller's own.
class NotificationRoutes {
public:
    NotificationRoutes(Notifications& notifications, Door& door)
        : notifications_(notifications), door_(door) {}

    void mount(http::Router& router);

private:
    Task<http::Response> list(http::Request request);
    Task<http::Response> mark(http::Request request);

    Notifications& notifications_;
    Door& door_;
};

} // namespace tandem::order
