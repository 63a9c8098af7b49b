#pragma once

#include "libs/kernel/context.hpp"
#include "libs/kernel/task.hpp"
#include "services/email/core/sent_mails.hpp"
#include "services/email/domain/address.hpp"
#include "services/email/domain/letter.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace tandem::email {

/// A mail that an event asks for.
struct MailOrder {
    std::string event_id;
    std::int64_t user_id = 0;
    std::optional<std::int64_t> order_id; ///< nothing for a welcome
    Recipient to;
    Letter letter;
    Context context;
};

struct Mail {
    Recipient to;
    std::string message_id; ///< "<event_id@domain>": the same whenever the same event is mailed again
    Letter letter;
    Context context{};
};

/// What the mail server said about the recipient, for good.
struct MailReceipt {
    bool accepted = false;
    std::string refusal; ///< why not
};

/// The Message-ID (RFC 5322, section 3.6.4) of the mail that an event asks for.
std::string message_id(const std::string& event_id, const std::string& domain);

/// Hands mails to a mail server. Throws Unavailable while there is none; any other exception: the
/// server refused this mail for now or for its content.
class Mailer {
public:
    virtual ~Mailer() = default;
    virtual Task<MailReceipt> send(Mail mail) = 0;
};

/// Tells the other services what became of a mail. Resumes once that is durable; throws Unavailable.
class MailNews {
public:
    virtual ~MailNews() = default;
    virtual Task<> sent(MailOrder order, std::string message_id) = 0;
    virtual Task<> failed(MailOrder order, std::string message_id, std::string error) = 0;
};

/// Sends the mail of an event, once as far as this process can know, and tells what became of it.
/// Throws what its ports throw; the event is then delivered again, and work that was done is not
/// repeated.
class SendMail {
public:
    static constexpr std::size_t remembered_max = 20'000;

    /// `message_id_domain` is the right side of every Message-ID.
    SendMail(Mailer& mailer, MailNews& news, std::string message_id_domain)
        : mailer_(mailer), news_(news), message_id_domain_(std::move(message_id_domain)) {}

    Task<> send(MailOrder order);
    /// Tells that this mail will not be tried again.
    Task<> give_up(MailOrder order);

private:
    Task<MailReceipt> deliver(MailOrder order, std::string message_id);

    Mailer& mailer_;
    MailNews& news_;
    std::string message_id_domain_;
    SentMails sent_{remembered_max};
};

} // namespace tandem::email
