#pragma once

#include "libs/kernel/time.hpp"
#include "services/email/domain/address.hpp"

#include <string>
#include <string_view>

namespace tandem::email {

/// Text for a header value. Control characters, CR and LF above all, become spaces, so that no text
/// can begin another header. Anything but printable ASCII makes it an encoded-word ("Q" encoding,
/// RFC 2047, section 4.2), folded so that no word is longer than 75 characters.
std::string header_text(std::string_view text);

/// `name <address>`, the name quoted or encoded; `<address>` alone without one.
std::string mailbox(const Recipient& recipient);

/// "Mon, 23 Nov 2026 12:00:00 +0000" (RFC 5322, section 3.3).
std::string mail_date(Timestamp moment);

} // namespace tandem::email
