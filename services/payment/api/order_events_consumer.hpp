#pragma once

#include "libs/messaging/broker.hpp"
#include "services/payment/core/payments.hpp"

#include <optional>

namespace tandem::payment {

/// Nothing for an event that cannot be read. `concerns_us` is false for one that needs nothing of
/// the payment service: another type, or an order that failed because of its stock or its payment.
struct ReadNotice {
    bool concerns_us = false;
    OrderNotice notice;
};
std::optional<ReadNotice> read_order_notice(const messaging::Delivery& delivery);

/// Handles batches of payment_service_queue: notes what is to be paid or voided, and returns; the
/// provider is called by the worker.
class OrderEventsConsumer {
public:
    OrderEventsConsumer(Payments& payments, const Clock& clock) : payments_(payments), clock_(clock) {}

    Task<std::vector<messaging::Verdict>> handle(std::vector<messaging::Delivery> batch);

private:
    Payments& payments_;
    const Clock& clock_;
};

} // namespace tandem::payment
