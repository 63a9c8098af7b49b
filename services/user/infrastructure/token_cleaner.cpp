#include "services/user/infrastructure/token_cleaner.hpp"

#include "libs/async/sleep.hpp"
#include "libs/kernel/unavailable.hpp"
#include "libs/telemetry/log.hpp"

namespace tandem::user {
namespace {

Task<> clean_once(RefreshTokens& tokens, const Clock& clock) {
    bool more = true;
    try {
        while (more) {
            more = co_await tokens.forget_expired(clock.now());
        }
    } catch (const Unavailable& error) {
        telemetry::log_warn("expired refresh tokens not removed", {{"reason", error.what()}});
    }
}

} // namespace

Task<> clean_expired_tokens(RefreshTokens& tokens, const Clock& clock, std::chrono::milliseconds pause) {
    for (;;) {
        co_await clean_once(tokens, clock);
        co_await async::sleep_for(pause);
    }
}

} // namespace tandem::user
