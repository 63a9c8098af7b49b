#include "libs/auth/base64url.hpp"
#include "libs/auth/jwk.hpp"
#include "libs/auth/p256_key.hpp"
#include "libs/auth/token.hpp"
#include "libs/json/writer.hpp"

#include <utility>

namespace tandem::auth {
namespace {

std::int64_t numeric_date(Timestamp moment) {
    return std::chrono::floor<std::chrono::seconds>(moment).time_since_epoch().count();
}

std::string payload(const SigningKey::Claims& claims) {
    json::Writer writer;
    writer.begin_object();
    writer.member("sub", std::to_string(claims.principal.user_id));
    writer.member("user_id", claims.principal.user_id);
    writer.member("email", claims.principal.email);
    writer.member("role", to_string(claims.principal.role));
    writer.member("iss", claims.issuer).member("aud", claims.audience);
    writer.member("iat", numeric_date(claims.issued_at)).member("exp", numeric_date(claims.expires_at));
    writer.member("jti", claims.token_id).end_object();
    return std::move(writer).text();
}

} // namespace

std::string_view to_string(Role role) {
    switch (role) {
    case Role::customer:
        return "customer";
    case Role::admin:
        return "admin";
    case Role::service:
        return "service";
    }
    std::unreachable();
}

struct SigningKey::State {
    explicit State(P256Key pair)
        : key(std::move(pair)), kid(thumbprint(key)),
          header(base64url_encode(R"({"alg":"ES256","typ":"JWT","kid":)" + json::quote(kid) + "}")) {}

    P256Key key;
    std::string kid;
    std::string header;
};

SigningKey::SigningKey(std::unique_ptr<State> state) : state_(std::move(state)) {}
SigningKey::SigningKey(SigningKey&&) noexcept = default;
SigningKey& SigningKey::operator=(SigningKey&&) noexcept = default;
SigningKey::~SigningKey() = default;

SigningKey SigningKey::generate() {
    return SigningKey(std::make_unique<State>(P256Key::generate()));
}

SigningKey SigningKey::from_pem(const std::string& pem) {
    return SigningKey(std::make_unique<State>(P256Key::from_pem(pem)));
}

std::string SigningKey::to_pem() const {
    return state_->key.to_pem();
}

const std::string& SigningKey::kid() const {
    return state_->kid;
}

std::string SigningKey::public_jwk() const {
    return auth::public_jwk(state_->key, state_->kid);
}

std::string SigningKey::sign(const Claims& claims) const {
    std::string token = state_->header + "." + base64url_encode(payload(claims));
    const std::string signature = state_->key.sign(token);
    return token + "." + base64url_encode(signature);
}

std::string jwks_document(const std::vector<std::string>& public_jwks) {
    json::Writer writer;
    writer.begin_object().key("keys").begin_array();
    for (const std::string& jwk : public_jwks) {
        writer.raw(jwk);
    }
    writer.end_array().end_object();
    return std::move(writer).text();
}

} // namespace tandem::auth
