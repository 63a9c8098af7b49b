#pragma once

#include "libs/auth/authenticator.hpp"
#include "monolith/core/synchronous_checkout.hpp"
#include "monolith/database.hpp"
#include "monolith/infrastructure/bounded_checkout.hpp"
#include "monolith/infrastructure/postgres_checkout_book.hpp"
#include "monolith/infrastructure/postgres_dead_letters.hpp"
#include "monolith/infrastructure/traced_checkout_book.hpp"
#include "services/order/background.hpp"
#include "services/order/infrastructure/postgres_idempotency_keys.hpp"
#include "services/order/infrastructure/postgres_notifications.hpp"
#include "services/order/infrastructure/postgres_orders.hpp"
#include "services/order/order_api.hpp"

#include <functional>
#include <string>

namespace tandem::monolith {

/// The order domain, wired into this process, with the synchronous checkout in the place of the one
/// that answers at once.
class Counter {
public:
    /// What the checkout asks of other modules.
    struct Neighbours {
        auth::Authenticator& authenticator;
        payment::Provider& provider;
        Postman& postman;
        std::string message_id_domain;
    };

    Counter(runtime::Service& service,
            Database& database,
            const Config& config,
            Neighbours neighbours,
            std::function<void()> stored);

    void mount(http::Router& router) { api_.mount(router); }
    Task<std::vector<messaging::Verdict>> hear(std::vector<messaging::Delivery> batch) {
        return api_.handle(std::move(batch));
    }
    void start(runtime::Service& service, Database& database);

private:
    SystemClock clock_;
    order::PostgresOrders orders_;
    order::PostgresIdempotencyKeys keys_;
    order::PostgresNotifications notifications_;
    order::Saga saga_;
    order::OrderWatch watch_;
    PostgresCheckoutBook book_;
    TracedCheckoutBook traced_book_;
    PostgresPaymentIntents intents_;
    SynchronousCheckout checkout_;
    BoundedCheckout bounded_checkout_;
    PostgresDeadLetters dead_letters_;
    order::OrderApi api_;
};

} // namespace tandem::monolith
