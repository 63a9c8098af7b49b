#pragma once

#include <string>
#include <string_view>

namespace tandem::email {

/// Somebody who gets mail. `name` may be empty, and may be any text: it comes from customers.
struct Recipient {
    std::string address;
    std::string name;
};

/// True for an address that every mail server takes: dot-atom, '@', domain name (RFC 5322, section
/// 3.4.1; lengths of RFC 5321, section 4.5.3.1). No quotes, comments, literals, spaces, control
/// characters or non-ASCII: nothing that could carry a second recipient or header.
bool is_mail_address(std::string_view text);

/// What follows the '@'; empty when there is none.
std::string_view domain_of(std::string_view address);

} // namespace tandem::email
