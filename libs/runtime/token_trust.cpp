#include "libs/runtime/token_trust.hpp"

namespace tandem::runtime {

TokenTrust read_token_trust(Environment& environment) {
    TokenTrust trust;
    trust.jwks_url = environment.url("JWKS_URL",
                                     "where the user service shows its public keys",
                                     "http://127.0.0.1:8005/.well-known/jwks.json");
    trust.issuer = environment.text("TOKEN_ISSUER", "the issuer that tokens must name", "tandem");
    trust.audience = environment.text("TOKEN_AUDIENCE", "the audience that tokens must name", "tandem-shop");
    return trust;
}

} // namespace tandem::runtime
