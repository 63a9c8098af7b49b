#pragma once

#include "libs/kernel/result.hpp"
#include "libs/kernel/task.hpp"

#include <string>

namespace tandem::user {

/// Turns passwords into what may be stored. Slow on purpose, therefore bounded: `unavailable` when
/// too many wait already.
class PasswordHasher {
public:
    virtual ~PasswordHasher() = default;

    enum class Verdict {
        wrong,
        right,
        right_but_outdated, ///< hash it anew: the parameters are stronger now
    };

    virtual Task<Result<std::string>> hash(std::string password) = 0;
    virtual Task<Result<Verdict>> verify(std::string password, std::string hash) = 0;
    /// The hash of no password, as dear to verify as a real one: for who has no account, so that the
    /// time of an answer does not tell who has.
    virtual std::string hash_of_nobody() const = 0;
};

} // namespace tandem::user
