#pragma once

#include "libs/kernel/result.hpp"
#include "libs/kernel/time.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tandem::auth {

enum class Role { customer, admin, service };
std::string_view to_string(Role role);

/// Who is calling, as a verified token says.
struct Principal {
    std::int64_t user_id = 0;
    std::string email;
    Role role = Role::customer;

    bool is_admin() const { return role == Role::admin; }
    /// The person itself, an admin, or another service.
    bool may_act_for(std::int64_t user) const { return user_id == user || role != Role::customer; }
};

/// A P-256 key pair that signs access tokens (JWT, RFC 7519, with ES256, RFC 7518 section 3.4).
/// `kid` is the RFC 7638 thumbprint.
class SigningKey {
public:
    static SigningKey generate();
    /// PEM (PKCS#8). Throws std::runtime_error with the reason.
    static SigningKey from_pem(const std::string& pem);
    SigningKey(SigningKey&&) noexcept;
    SigningKey& operator=(SigningKey&&) noexcept;
    ~SigningKey();

    std::string to_pem() const;
    const std::string& kid() const;
    /// {"kty":"EC","crv":"P-256","x":...,"y":...,"kid":...,"alg":"ES256","use":"sig"} (RFC 7517)
    std::string public_jwk() const;

    struct Claims {
        Principal principal;
        std::string issuer;
        std::string audience;
        Timestamp issued_at;
        Timestamp expires_at;
        std::string token_id; ///< jti
    };
    /// Claims written: sub (user id as text), user_id, email, role, iss, aud, iat, exp, jti.
    std::string sign(const Claims& claims) const;

private:
    struct State;
    explicit SigningKey(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// {"keys":[...]} from public_jwk() texts.
std::string jwks_document(const std::vector<std::string>& public_jwks);

/// Public keys that tokens may be signed with, by kid. Immutable.
class KeySet {
public:
    /// Reads a JWKS document; keys that are not EC P-256 signing keys are left out.
    static Result<std::shared_ptr<const KeySet>> parse(std::string_view jwks);
    KeySet();
    ~KeySet();

    bool has(std::string_view kid) const;

    struct Expectation {
        std::string issuer;
        std::string audience;
        std::chrono::seconds leeway{5};
    };
    /// Checks form (three parts, 8 KiB at most), `alg` (only ES256: never `none` or an HMAC),
    /// `kid`, signature, iss, aud, exp, iat. Failure is ErrorKind::unauthenticated.
    Result<std::pair<Principal, Timestamp>>
    verify(std::string_view token, const Expectation& expected, Timestamp now) const;

    /// The kid of a token's header, unverified; empty when malformed.
    static std::string kid_of(std::string_view token);

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace tandem::auth
