#pragma once

#include "libs/runtime/environment.hpp"

#include <string>

namespace tandem::runtime {

/// Whose access tokens a service believes.
struct TokenTrust {
    std::string jwks_url; ///< where the keys are: "http://host:port/path"
    std::string issuer;
    std::string audience;
};

/// Reads the variables of every service that verifies tokens: JWKS_URL, TOKEN_ISSUER, TOKEN_AUDIENCE.
TokenTrust read_token_trust(Environment& environment);

} // namespace tandem::runtime
