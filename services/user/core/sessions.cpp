#include "services/user/core/sessions.hpp"

#include "services/user/domain/sign_up.hpp"

namespace tandem::user {
namespace {

using Verdict = PasswordHasher::Verdict;

std::unexpected<Error> wrong_credentials() {
    return fail(ErrorKind::unauthenticated, "The e-mail address or the password is wrong.");
}

std::unexpected<Error> too_many_failures(std::chrono::milliseconds wait) {
    Error error(ErrorKind::too_many_requests, "Too many failed attempts to sign in. Please try again later.");
    error.retry_after(static_cast<int>(std::chrono::ceil<std::chrono::seconds>(wait).count()));
    return fail(std::move(error));
}

} // namespace

Task<Result<Session>> Sessions::log_in(LoginAttempt attempt) {
    auto email = EmailAddress::parse(attempt.email);
    if (!email) {
        co_return wrong_credentials();
    }
    if (const auto wait = throttle_.closed_for(*email, attempt.client, clock_.now())) {
        co_return too_many_failures(*wait);
    }
    auto user = co_await prove(*std::move(email), std::move(attempt.password), std::move(attempt.client));
    if (!user) {
        co_return fail(user.error());
    }
    const Timestamp now = clock_.now();
    std::string refresh_token = issuer_.refresh_token();
    co_await tokens_.open_family(user->id, stored(refresh_token, now), now);
    co_return session(*user, std::move(refresh_token), now);
}

Task<Result<User>> Sessions::prove(EmailAddress email, std::string password, std::string client) {
    auto credentials = co_await users_.find_credentials(email);
    std::string hash = credentials ? credentials->password_hash : hasher_.hash_of_nobody();
    std::string tried = password.size() <= password_bytes_max ? password : std::string();
    const auto verdict = co_await hasher_.verify(std::move(tried), std::move(hash));
    if (!verdict) {
        co_return fail(verdict.error());
    }
    if (!credentials || *verdict == Verdict::wrong) {
        throttle_.failed(email, client, clock_.now());
        co_return wrong_credentials();
    }
    throttle_.succeeded(email, client, clock_.now());
    if (*verdict == Verdict::right_but_outdated) {
        co_await strengthen(*credentials, std::move(password));
    }
    co_return std::move(credentials->user);
}

Task<> Sessions::strengthen(Credentials credentials, std::string password) {
    auto hash = co_await hasher_.hash(std::move(password));
    if (hash) { // else the next sign-in will do it
        co_await users_.replace_password_hash(
            credentials.user.id, std::move(credentials.password_hash), *std::move(hash));
    }
}

Task<Result<Session>> Sessions::refresh(std::string refresh_token, Deadline deadline) {
    const Timestamp now = clock_.now();
    std::string next = issuer_.refresh_token();
    const auto user =
        co_await tokens_.rotate(issuer_.fingerprint(refresh_token), stored(next, now), now, deadline);
    if (!user) {
        co_return fail(ErrorKind::unauthenticated,
                       "The refresh token is not valid (any more). Please sign in again.");
    }
    co_return session(*user, std::move(next), now);
}

Task<> Sessions::log_out(std::string refresh_token) {
    co_await tokens_.revoke_family_of(issuer_.fingerprint(refresh_token), clock_.now());
}

StoredToken Sessions::stored(const std::string& refresh_token, Timestamp now) const {
    return {.fingerprint = issuer_.fingerprint(refresh_token), .expires_at = now + options_.refresh_lifetime};
}

Session Sessions::session(const User& user, std::string refresh_token, Timestamp now) const {
    return {.access_token = issuer_.access_token(user, now, options_.access_lifetime),
            .expires_in = options_.access_lifetime,
            .refresh_token = std::move(refresh_token)};
}

} // namespace tandem::user
