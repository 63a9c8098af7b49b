#pragma once

#include "libs/auth/authenticator.hpp"
#include "libs/http/router.hpp"
#include "services/payment/core/payments.hpp"

namespace tandem::payment {

/// GET /payments/{order_id}: for the order's owner, an admin or a service; to others it is not there.
class PaymentRoutes {
public:
    PaymentRoutes(Payments& payments, auth::Authenticator& authenticator)
        : payments_(payments), authenticator_(authenticator) {}

    void mount(http::Router& router);

private:
    Task<http::Response> show(http::Request request);

    Payments& payments_;
    auth::Authenticator& authenticator_;
};

} // namespace tandem::payment
