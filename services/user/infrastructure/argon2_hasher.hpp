#pragma once

#include "libs/async/blocking_pool.hpp"
#include "services/user/core/password_hasher.hpp"

#include <cstdint>

namespace tandem::user {

/// What one hash costs (RFC 9106). The default is OWASP's second choice, about 30 to 60 ms of CPU.
struct Argon2Cost {
    std::uint32_t memory_kib = 19'456;
    std::uint32_t passes = 2;
    std::uint32_t lanes = 1;
    friend bool operator==(const Argon2Cost&, const Argon2Cost&) = default;
};

/// Argon2id on a pool of its own, as PHC strings: "$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>"
/// with 16 random bytes of salt. Throws std::runtime_error when libargon2 fails.
class Argon2Hasher final : public PasswordHasher {
public:
    explicit Argon2Hasher(async::BlockingPool& threads, Argon2Cost cost = {})
        : threads_(threads), cost_(cost) {}

    Task<Result<std::string>> hash(std::string password) override;
    Task<Result<Verdict>> verify(std::string password, std::string hash) override;
    std::string hash_of_nobody() const override;

private:
    async::BlockingPool& threads_;
    Argon2Cost cost_;
};

} // namespace tandem::user
