#pragma once

#include "libs/messaging/event.hpp"
#include "services/email/core/send_mail.hpp"

#include <optional>

namespace tandem::email {

/// The mail that an event asks for. Nothing for one that is not as the contract has it (an unknown
/// type, a missing field): it can never become a mail.
std::optional<MailOrder> read_mail_order(const messaging::Delivery& delivery);

} // namespace tandem::email
