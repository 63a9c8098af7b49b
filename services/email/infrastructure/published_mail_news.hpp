#pragma once

#include "libs/kernel/time.hpp"
#include "libs/messaging/broker.hpp"
#include "services/email/core/send_mail.hpp"

#include <string>

namespace tandem::email {

/// The event `email.email.sent` or `email.email.failed` about a mail. Its id is derived from the
/// event that asked for the mail: told twice, it is the same event, and inboxes drop the second.
messaging::OutgoingEvent
mail_event(const MailOrder& order, const std::string& message_id, const std::string* error, Timestamp now);

/// Publishes with confirms, before the message that caused the mail is acknowledged: this service
/// has no database, so the broker itself is its outbox.
class PublishedMailNews final : public MailNews {
public:
    PublishedMailNews(messaging::Publisher& publisher, const Clock& clock)
        : publisher_(publisher), clock_(clock) {}

    Task<> sent(MailOrder order, std::string message_id) override;
    Task<> failed(MailOrder order, std::string message_id, std::string error) override;

private:
    Task<> publish(messaging::OutgoingEvent event);

    messaging::Publisher& publisher_;
    const Clock& clock_;
};

} // namespace tandem::email
