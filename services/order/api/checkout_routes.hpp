#pragma once

#include "libs/http/router.hpp"
#include "services/order/api/door.hpp"
#include "services/order/core/checkout_once.hpp"

namespace tandem::order {

/// POST /checkout (200) and POST /orders/checkout (201): one operation under two names.
class CheckoutRoutes {
public:
    CheckoutRoutes(CheckoutOnce& checkout, Door& door) : checkout_(checkout), door_(door) {}

    void mount(http::Router& router);

private:
    Task<http::Response> check_out(http::Request request, int answer_status);

    CheckoutOnce& checkout_;
    Door& door_;
};

} // namespace tandem::order
