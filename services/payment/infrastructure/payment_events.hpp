#pragma once

#include "libs/messaging/event.hpp"
#include "services/payment/domain/payment.hpp"

namespace tandem::payment {

/// payment.payment.processed, failed or refunded, with the payment fields of ARCHITECTURE.md. It
/// continues the trace of the event that asked for the payment.
messaging::OutgoingEvent to_event(const Payment& payment, Announcement announcement, Timestamp now);

} // namespace tandem::payment
