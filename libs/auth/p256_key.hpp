#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct evp_pkey_st;

namespace tandem::auth {

/// SHA-256 of `bytes`: 32 raw bytes.
std::string sha256(std::string_view bytes);

/// A key on the curve P-256 for ECDSA with SHA-256 (RFC 7518, section 3.4). A signature is the 64
/// bytes r || s, big-endian, as JWS wants it, not OpenSSL's DER. Immutable; safe from any thread.
/// Everything throws std::runtime_error when OpenSSL fails.
class P256Key {
public:
    static P256Key generate();
    /// PKCS#8 PEM, unencrypted. Throws std::runtime_error when it is no private P-256 key.
    static P256Key from_pem(const std::string& pem);
    /// 32 bytes each; nothing unless they are a point of the curve.
    static std::optional<P256Key> from_point(std::string_view x, std::string_view y);

    std::string to_pem() const; ///< private keys only
    std::string x() const;      ///< 32 bytes
    std::string y() const;

    std::string sign(std::string_view message) const; ///< private keys only
    bool verifies(std::string_view message, std::string_view signature) const;

private:
    struct Free {
        void operator()(evp_pkey_st* key) const;
    };
    using Pointer = std::unique_ptr<evp_pkey_st, Free>;
    explicit P256Key(Pointer key) : key_(std::move(key)) {}
    std::string coordinate(const char* name) const;

    Pointer key_;
};

} // namespace tandem::auth
