#pragma once

#include "services/email/core/send_mail.hpp"

#include <chrono>

namespace tandem::email {

/// The cost of the outside world: a mail server that takes `delay` for each mail, but many mails at
/// the same time. Waits on the event loop, so that no thread is held.
class SlowMailer final : public Mailer {
public:
    SlowMailer(Mailer& mailer, std::chrono::milliseconds delay) : mailer_(mailer), delay_(delay) {}

    Task<MailReceipt> send(Mail mail) override;

private:
    Mailer& mailer_;
    std::chrono::milliseconds delay_;
};

} // namespace tandem::email
