#include "libs/auth/jwk.hpp"

#include "libs/auth/base64url.hpp"
#include "libs/json/writer.hpp"

namespace tandem::auth {

std::string thumbprint_of(std::string_view canonical_json) {
    return base64url_encode(sha256(canonical_json));
}

std::string thumbprint(const P256Key& key) {
    json::Writer writer;
    writer.begin_object().member("crv", "P-256").member("kty", "EC");
    writer.member("x", base64url_encode(key.x())).member("y", base64url_encode(key.y())).end_object();
    return thumbprint_of(writer.view());
}

std::string public_jwk(const P256Key& key, std::string_view kid) {
    json::Writer writer;
    writer.begin_object().member("kty", "EC").member("crv", "P-256");
    writer.member("x", base64url_encode(key.x())).member("y", base64url_encode(key.y()));
    writer.member("kid", kid).member("alg", "ES256").member("use", "sig").end_object();
    return std::move(writer).text();
}

} // namespace tandem::auth
