#pragma once

#include "monolith/core/postman.hpp"
#include "monolith/database.hpp"
#include "services/email/api/mail_consumer.hpp"
#include "services/email/infrastructure/slow_mailer.hpp"

#include <functional>

namespace tandem::monolith {

/// What became of a mail, told through the outbox of the joint schema.
class StoredMailNews final : public email::MailNews {
public:
    StoredMailNews(postgres::Pool& pool, const Clock& clock, std::function<void()> stored)
        : pool_(pool), clock_(clock), stored_(std::move(stored)) {}

    Task<> sent(email::MailOrder order, std::string message_id) override;
    Task<> failed(email::MailOrder order, std::string message_id, std::string error) override;

private:
    Task<> store(messaging::OutgoingEvent event);

    postgres::Pool& pool_;
    const Clock& clock_;
    std::function<void()> stored_;
};

/// The email domain, wired into this process: `Postman` for the checkout, which waits for the mail
/// server, and the consumer for every mail that follows an event.
class PostOffice final : public Postman {
public:
    PostOffice(runtime::Service& service,
               Database& database,
               const Config& config,
               std::function<void()> stored);

    Task<std::optional<email::MailReceipt>> send(email::Mail mail) override;
    Task<std::vector<messaging::Verdict>> hear(std::vector<messaging::Delivery> batch) {
        return consumer_.handle(std::move(batch));
    }
    const std::string& message_id_domain() const { return message_id_domain_; }

private:
    SystemClock clock_;
    std::string message_id_domain_;
    email::SmtpMailer smtp_;
    email::SlowMailer mailer_;
    StoredMailNews news_;
    email::SendMail send_mail_;
    email::MailConsumer consumer_;
};

} // namespace tandem::monolith
