#pragma once

#include "libs/messaging/broker.hpp"
#include "libs/telemetry/trace.hpp"
#include "services/email/core/send_mail.hpp"

namespace tandem::email {

/// Handles email_service_queue. One mail is one batch: mails wait for the server side by side, and
/// one that fails keeps nobody else's from being acknowledged. One that fails with its last attempt
/// is told of before it goes to the dead letters: nobody else learns of those.
class MailConsumer {
public:
    /// `attempts_max`: with that attempt a message that fails is given up by whoever delivers it.
    MailConsumer(SendMail& send_mail, int attempts_max)
        : send_mail_(send_mail), attempts_max_(attempts_max) {}

    Task<std::vector<messaging::Verdict>> handle(std::vector<messaging::Delivery> batch);

private:
    Task<> send(MailOrder order, telemetry::Span& span, bool is_last_attempt);

    SendMail& send_mail_;
    int attempts_max_;
};

} // namespace tandem::email
