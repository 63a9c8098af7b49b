#include "services/user/infrastructure/signed_tokens.hpp"

#include "libs/auth/base64url.hpp"
#include "libs/auth/p256_key.hpp"
#include "libs/kernel/uuid.hpp"

namespace tandem::user {

std::string SignedTokens::access_token(const User& user, Timestamp now, std::chrono::seconds lifetime) {
    const auth::Role role = user.role == Role::admin ? auth::Role::admin : auth::Role::customer;
    return keys_.signing_key().sign({.principal = {user.id.value(), user.email.text(), role},
                                     .issuer = issuer_,
                                     .audience = audience_,
                                     .issued_at = now,
                                     .expires_at = now + lifetime,
                                     .token_id = uuid_v7(now)});
}

std::string SignedTokens::refresh_token() {
    return random_hex(32);
}

std::string SignedTokens::fingerprint(std::string_view refresh_token) const {
    return auth::base64url_encode(auth::sha256(refresh_token));
}

} // namespace tandem::user
