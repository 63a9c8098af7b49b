#pragma once

#include "libs/kernel/time.hpp"
#include "services/user/domain/user.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace tandem::user {

/// Makes the tokens of a session.
class TokenIssuer {
public:
    virtual ~TokenIssuer() = default;

    /// Signed, and readable by every service.
    virtual std::string access_token(const User& user, Timestamp now, std::chrono::seconds lifetime) = 0;
    /// A secret of 256 random bits that means nothing to anybody else.
    virtual std::string refresh_token() = 0;
    /// What is stored instead of a refresh token.
    virtual std::string fingerprint(std::string_view refresh_token) const = 0;
};

} // namespace tandem::user
