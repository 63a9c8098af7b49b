#pragma once

#include "libs/kernel/result.hpp"
#include "services/user/domain/email_address.hpp"

#include <string>
#include <string_view>

namespace tandem::user {

/// What somebody asks for who wants an account, checked: a valid address, a password of 8 to 128
/// characters (any: length is what helps, NIST SP 800-63B, section 5.1.1.2), a name of 1 to 200
/// characters without control characters.
struct SignUp {
    EmailAddress email;
    std::string password;
    std::string full_name; ///< without surrounding white space

    /// `invalid` with one FieldError (email, password, full_name) for each rule that is broken. The
    /// texts are UTF-8; a character is a code point.
    static Result<SignUp>
    check(std::string_view email, std::string_view password, std::string_view full_name);
};

/// The bytes that no acceptable password exceeds.
inline constexpr std::size_t password_bytes_max = 512;

} // namespace tandem::user
