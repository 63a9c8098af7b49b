#pragma once

#include "libs/messaging/broker.hpp"
#include "services/email/core/send_mail.hpp"

namespace tandem::email {

/// Handles email_service_queue. One mail is one batch: mails wait for the server side by side, and
/// one that fails keeps nobody else's from being acknowledged.
class MailConsumer {
public:
    explicit MailConsumer(SendMail& send_mail) : send_mail_(send_mail) {}

    Task<std::vector<messaging::Verdict>> handle(std::vector<messaging::Delivery> batch);

private:
    SendMail& send_mail_;
};

} // namespace tandem::email
