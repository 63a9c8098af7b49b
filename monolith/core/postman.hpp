#pragma once

#include "libs/kernel/task.hpp"
#include "services/email/core/send_mail.hpp"

#include <optional>

namespace tandem::monolith {

/// Hands a mail to the mail server while the customer waits. Never throws for a server that is away:
/// then it gives nothing, and the mail has to be sent later.
class Postman {
public:
    virtual ~Postman() = default;
    virtual Task<std::optional<email::MailReceipt>> send(email::Mail mail) = 0;
};

} // namespace tandem::monolith
