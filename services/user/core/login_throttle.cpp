#include "services/user/core/login_throttle.hpp"

#include <algorithm>

namespace tandem::user {
namespace {

constexpr std::chrono::hours known_for = std::chrono::days(30);

std::string pair_of(const EmailAddress& email, const std::string& client) {
    return email.text() + " " + client;
}

} // namespace

LoginThrottle::LoginThrottle(LoginThrottleOptions options)
    : options_(options), by_account_(options.window, options.keys_max),
      by_pair_(options.window, options.keys_max), by_address_(options.window, options.keys_max),
      known_(known_for, options.keys_max) {}

std::optional<std::chrono::milliseconds>
LoginThrottle::closed_for(const EmailAddress& email, const std::string& client, Timestamp now) const {
    const std::string pair = pair_of(email, client);
    std::chrono::milliseconds wait(0);
    if (by_pair_.count(pair, now) >= options_.failures_max) {
        wait = std::max(wait, by_pair_.remaining(pair, now));
    }
    if (by_account_.count(email.text(), now) >= options_.failures_max && known_.count(pair, now) == 0) {
        wait = std::max(wait, by_account_.remaining(email.text(), now));
    }
    if (by_address_.count(client, now) >= options_.failures_per_address_max) {
        wait = std::max(wait, by_address_.remaining(client, now));
    }
    return wait.count() > 0 ? std::optional(wait) : std::nullopt;
}

void LoginThrottle::failed(const EmailAddress& email, const std::string& client, Timestamp now) {
    by_account_.add(email.text(), now);
    by_pair_.add(pair_of(email, client), now);
    by_address_.add(client, now);
}

void LoginThrottle::succeeded(const EmailAddress& email, const std::string& client, Timestamp now) {
    const std::string pair = pair_of(email, client);
    by_pair_.clear(pair);
    if (known_.count(pair, now) == 0) {
        known_.add(pair, now);
    }
}

} // namespace tandem::user
