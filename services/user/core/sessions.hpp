#pragma once

#include "libs/kernel/result.hpp"
#include "services/user/core/login_throttle.hpp"
#include "services/user/core/password_hasher.hpp"
#include "services/user/core/refresh_tokens.hpp"
#include "services/user/core/token_issuer.hpp"
#include "services/user/core/users.hpp"

#include <chrono>
#include <string>

namespace tandem::user {

struct SessionOptions {
    std::chrono::seconds access_lifetime{15 * 60};
    std::chrono::seconds refresh_lifetime{30 * 24 * 60 * 60};
};

/// What a client holds while it is signed in.
struct Session {
    std::string access_token;
    std::chrono::seconds expires_in{}; ///< of the access token
    std::string refresh_token;
};

struct LoginAttempt {
    std::string email;
    std::string password;
    std::string client; ///< its network address, for throttling only
};

/// Signing in, staying signed in, signing out.
class Sessions {
public:
    Sessions(Users& users,
             RefreshTokens& tokens,
             PasswordHasher& hasher,
             TokenIssuer& issuer,
             LoginThrottle& throttle,
             const Clock& clock,
             SessionOptions options)
        : users_(users), tokens_(tokens), hasher_(hasher), issuer_(issuer), throttle_(throttle),
          clock_(clock), options_(options) {}

    /// `unauthenticated` when the address is unknown or the password wrong, which nothing tells
    /// apart, time included; `too_many_requests` after too many failures.
    Task<Result<Session>> log_in(LoginAttempt attempt);
    /// Takes a refresh token once. `unauthenticated` when it was spent, revoked, expired, or never
    /// issued; a spent one ends the sessions of its whole family. DeadlineExceeded: it was not taken.
    Task<Result<Session>> refresh(std::string refresh_token, Deadline deadline);
    Task<> log_out(std::string refresh_token);

private:
    Task<Result<User>> prove(EmailAddress email, std::string password, std::string client);
    Task<> strengthen(Credentials credentials, std::string password);
    StoredToken stored(const std::string& refresh_token, Timestamp now) const;
    Session session(const User& user, std::string refresh_token, Timestamp now) const;

    Users& users_;
    RefreshTokens& tokens_;
    PasswordHasher& hasher_;
    TokenIssuer& issuer_;
    LoginThrottle& throttle_;
    const Clock& clock_;
    SessionOptions options_;
};

} // namespace tandem::user
