#pragma once

#include "libs/auth/token.hpp"

#include <string>
#include <vector>

namespace tandem::user {

/// The keys that access tokens are signed with, from PEM files. The first file's key signs; all are
/// published, so that tokens of an older key stay good until they expire.
///
/// Rotation: put a new file's path in front of the list and restart; drop the last path once the
/// tokens it signed have expired. The other services learn the new key at once, from its kid.
class KeyRing {
public:
    /// The first file is made if it is absent: mode 0600, at once or not at all, and of two
    /// instances that start together one makes it and both use it. Throws std::runtime_error, with
    /// the path, when a file cannot be read or written or holds no P-256 key.
    static KeyRing load(const std::vector<std::string>& paths);

    const auth::SigningKey& signing_key() const { return keys_.front(); }
    const std::string& jwks() const { return jwks_; }

private:
    explicit KeyRing(std::vector<auth::SigningKey> keys);

    std::vector<auth::SigningKey> keys_;
    std::string jwks_;
};

} // namespace tandem::user
