#include "services/user/infrastructure/argon2_hasher.hpp"

#include <argon2.h>
#include <array>
#include <fmt/format.h>
#include <openssl/rand.h>
#include <stdexcept>

namespace tandem::user {
namespace {

constexpr std::size_t salt_bytes = 16;
constexpr std::size_t hash_bytes = 32;

std::string prefix_of(Argon2Cost cost) {
    return fmt::format("$argon2id$v=19$m={},t={},p={}$", cost.memory_kib, cost.passes, cost.lanes);
}

std::string hash_now(const std::string& password, Argon2Cost cost) {
    std::array<unsigned char, salt_bytes> salt{};
    if (RAND_bytes(salt.data(), static_cast<int>(salt.size())) != 1) {
        throw std::runtime_error("no random bytes for a salt");
    }
    std::array<char, 160> encoded{};
    const int outcome = argon2id_hash_encoded(cost.passes,
                                              cost.memory_kib,
                                              cost.lanes,
                                              password.data(),
                                              password.size(),
                                              salt.data(),
                                              salt.size(),
                                              hash_bytes,
                                              encoded.data(),
                                              encoded.size());
    if (outcome != ARGON2_OK) {
        throw std::runtime_error(fmt::format("argon2: {}", argon2_error_message(outcome)));
    }
    return encoded.data();
}

PasswordHasher::Verdict verify_now(const std::string& password, const std::string& hash, Argon2Cost cost) {
    const int outcome = argon2id_verify(hash.c_str(), password.data(), password.size());
    if (outcome == ARGON2_VERIFY_MISMATCH) {
        return PasswordHasher::Verdict::wrong;
    }
    if (outcome != ARGON2_OK) {
        throw std::runtime_error(fmt::format("argon2: {}", argon2_error_message(outcome)));
    }
    return hash.starts_with(prefix_of(cost)) ? PasswordHasher::Verdict::right
                                             : PasswordHasher::Verdict::right_but_outdated;
}

std::unexpected<Error> busy() {
    return fail(ErrorKind::unavailable, "Too many people are signing in at this moment. Please try again.");
}

} // namespace

Task<Result<std::string>> Argon2Hasher::hash(std::string password) {
    auto work = [password = std::move(password), cost = cost_] { return hash_now(password, cost); };
    auto hash = co_await threads_.run(std::move(work));
    if (!hash) {
        co_return busy();
    }
    co_return *std::move(hash);
}

Task<Result<PasswordHasher::Verdict>> Argon2Hasher::verify(std::string password, std::string hash) {
    auto work = [password = std::move(password), hash = std::move(hash), cost = cost_] {
        return verify_now(password, hash, cost);
    };
    const auto verdict = co_await threads_.run(std::move(work));
    if (!verdict) {
        co_return busy();
    }
    co_return *verdict;
}

std::string Argon2Hasher::hash_of_nobody() const {
    // 16 bytes of salt and 32 of hash, all zero: no password is known that gives them.
    return prefix_of(cost_) + std::string(22, 'A') + "$" + std::string(43, 'A');
}

} // namespace tandem::user
