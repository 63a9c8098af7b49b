#pragma once

#include "libs/auth/authenticator.hpp"
#include "libs/http/client.hpp"
#include "monolith/database.hpp"
#include "monolith/infrastructure/patient_provider.hpp"
#include "services/payment/api/order_events_consumer.hpp"
#include "services/payment/infrastructure/http_provider.hpp"
#include "services/payment/infrastructure/payment_worker.hpp"
#include "services/payment/infrastructure/postgres_payments.hpp"

#include <functional>

namespace tandem::monolith {

/// The payment domain, wired into this process. The checkout calls `provider` itself; the worker
/// refunds what was cancelled, and voids what a checkout that died has left (PaymentIntents).
class Till {
public:
    Till(runtime::Service& service, Database& database, const Config& config, std::function<void()> stored);

    payment::Provider& provider() { return patient_provider_; }
    Task<std::vector<messaging::Verdict>> hear(std::vector<messaging::Delivery> batch) {
        return order_events_.handle(std::move(batch));
    }
    void start(runtime::Service& service, Database& database);

private:
    SystemClock clock_;
    http::Client client_;
    async::Event due_;
    payment::PostgresPayments payments_;
    payment::HttpProvider provider_;
    payment::CircuitBreaker breaker_;
    PatientProvider patient_provider_;
    payment::Charging charging_;
    payment::PaymentWorker worker_;
    payment::OrderEventsConsumer order_events_;
};

} // namespace tandem::monolith
