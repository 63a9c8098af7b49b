#pragma once

#include "services/user/core/token_issuer.hpp"
#include "services/user/infrastructure/key_ring.hpp"

#include <string>

namespace tandem::user {

/// Access tokens are ES256 JWTs of the key ring; refresh tokens are 32 random bytes, kept as SHA-256
/// (no salt: nobody guesses 256 bits).
class SignedTokens final : public TokenIssuer {
public:
    SignedTokens(const KeyRing& keys, std::string issuer, std::string audience)
        : keys_(keys), issuer_(std::move(issuer)), audience_(std::move(audience)) {}

    std::string access_token(const User& user, Timestamp now, std::chrono::seconds lifetime) override;
    std::string refresh_token() override;
    std::string fingerprint(std::string_view refresh_token) const override;

private:
    const KeyRing& keys_;
    std::string issuer_;
    std::string audience_;
};

} // namespace tandem::user
