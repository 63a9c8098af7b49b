#pragma once

#include "services/order/api/admin_routes.hpp"
#include "services/order/api/checkout_routes.hpp"
#include "services/order/api/notification_routes.hpp"
#include "services/order/api/order_routes.hpp"
#include "services/order/api/order_stream.hpp"
#include "services/order/api/saga_consumer.hpp"

namespace tandem::order {

/// What the use cases are made of: how each port is met.
struct Parts {
    Orders& orders;
    IdempotencyKeys& keys;
    Notifications& notifications;
    CheckoutFlow& checkout;
    DeadLetters& dead_letters;
};

/// The use cases with everything that calls them, for main.cpp and for tests that bring other parts.
class OrderApi {
public:
    OrderApi(Parts parts, Saga& saga, OrderWatch& watch, auth::Authenticator& authenticator)
        : checkout_once_(parts.checkout, parts.keys, parts.orders), desk_(parts.orders), door_(authenticator),
          checkout_routes_(checkout_once_, door_), order_routes_(desk_, door_),
          stream_(parts.orders, desk_, door_, watch, std::chrono::seconds(15)),
          notification_routes_(parts.notifications, door_), admin_routes_(desk_, parts.dead_letters, door_),
          updates_(saga) {}

    void mount(http::Router& router) {
        checkout_routes_.mount(router);
        order_routes_.mount(router);
        stream_.mount(router);
        notification_routes_.mount(router);
        admin_routes_.mount(router);
    }

    Task<std::vector<messaging::Verdict>> handle(std::vector<messaging::Delivery> batch) {
        return updates_.handle(std::move(batch));
    }

private:
    CheckoutOnce checkout_once_;
    OrderDesk desk_;
    Door door_;
    CheckoutRoutes checkout_routes_;
    OrderRoutes order_routes_;
    OrderStream stream_;
    NotificationRoutes notification_routes_;
    AdminRoutes admin_routes_;
    SagaConsumer updates_;
};

} // namespace tandem::order
