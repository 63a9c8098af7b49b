#pragma once

#include "libs/kernel/task.hpp"
#include "libs/kernel/time.hpp"
#include "services/user/core/deadline.hpp"
#include "services/user/domain/user.hpp"

#include <optional>
#include <string>

namespace tandem::user {

/// A refresh token as it is kept: never the token itself, only its fingerprint.
struct StoredToken {
    std::string fingerprint;
    Timestamp expires_at;
};

/// Keeps refresh tokens in families: one family a sign-in, in which each token replaces the one
/// before. It throws when it cannot be reached.
class RefreshTokens {
public:
    virtual ~RefreshTokens() = default;

    virtual Task<> open_family(UserId user, StoredToken first, Timestamp now) = 0;

    /// Spends `spent` and stores `next` in its place, both or neither; whose it was. Nothing when
    /// it cannot be spent: unknown, expired, revoked. One that was spent before is in two hands, of
    /// which one is a thief's: its whole family is revoked (RFC 9700, section 4.14.2). Of two
    /// callers at the same time one wins. Past `begin_by` nothing is spent: who has given up waiting
    /// for the next token comes again with this one, and would look like the thief.
    virtual Task<std::optional<User>>
    rotate(std::string spent, StoredToken next, Timestamp now, Deadline begin_by) = 0;

    /// Nothing happens when the token is unknown.
    virtual Task<> revoke_family_of(std::string fingerprint, Timestamp now) = 0;

    /// Removes some of what expired before `moment`; true when there may be more.
    virtual Task<bool> forget_expired(Timestamp moment) = 0;
};

} // namespace tandem::user
