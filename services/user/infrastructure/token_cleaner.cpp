#include "services/user/infrastructure/token_cleaner.hpp"

#include "libs/async/keep_going.hpp"

namespace tandem::user {
namespace {

Task<> clean_once(RefreshTokens& tokens, const Clock& clock) {
    bool more = true;
    while (more) {
        more = co_await tokens.forget_expired(clock.now());
    }
}

} // namespace

Task<> clean_expired_tokens(RefreshTokens& tokens, const Clock& clock, std::chrono::milliseconds pause) {
    return async::repeat("cleaner", pause, [&tokens, &clock] { return clean_once(tokens, clock); });
}

} // namespace tandem::user
