#pragma once

#include "libs/auth/p256_key.hpp"

#include <string>
#include <string_view>

namespace tandem::auth {

/// RFC 7638, section 3: base64url(SHA-256(the required members, in order, without white space)).
std::string thumbprint_of(std::string_view canonical_json);
/// The thumbprint of an EC public key.
std::string thumbprint(const P256Key& key);
/// The public half as a JWK (RFC 7517) with kid, alg and use.
std::string public_jwk(const P256Key& key, std::string_view kid);

} // namespace tandem::auth
