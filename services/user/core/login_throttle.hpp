#pragma once

#include "libs/kernel/time.hpp"
#include "services/user/core/failure_windows.hpp"
#include "services/user/domain/email_address.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace tandem::user {

struct LoginThrottleOptions {
    int failures_max = 10; ///< for one account, within the window
    std::chrono::milliseconds window{15 * 60 * 1'000};
    int failures_per_address_max = 200; ///< from one client address, over all accounts
    std::size_t keys_max = 50'000;      ///< of each kind that are remembered
};

/// Slows down who guesses passwords, in the memory of this instance (with n instances behind the
/// gateway a guesser has up to n times as many tries).
///
/// An account is closed for a client after `failures_max` failures, wherever they came from, until
/// the window that began with the first of them ends. So that nobody can lock the owner out, a
/// client address from which the account was signed in to before is counted by itself: others'
/// failures do not close the account for it. A client address is closed after
/// `failures_per_address_max` failures over all accounts. Tries that run at the same time may all
/// fail before the first counts: the bound of PasswordHasher limits those.
class LoginThrottle {
public:
    explicit LoginThrottle(LoginThrottleOptions options);

    /// How long this client has to wait before it may try; nothing: it may try now.
    std::optional<std::chrono::milliseconds>
    closed_for(const EmailAddress& email, const std::string& client, Timestamp now) const;
    void failed(const EmailAddress& email, const std::string& client, Timestamp now);
    void succeeded(const EmailAddress& email, const std::string& client, Timestamp now);

private:
    LoginThrottleOptions options_;
    FailureWindows by_account_;
    FailureWindows by_pair_; ///< account and address
    FailureWindows by_address_;
    FailureWindows known_; ///< pairs that signed in, for thirty days
};

} // namespace tandem::user
