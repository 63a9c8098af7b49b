#include "gateway/fallback_rate_limiter.hpp"

#include "libs/kernel/unavailable.hpp"
#include "libs/telemetry/log.hpp"

#include <utility>

namespace tandem::gateway {

FallbackRateLimiter::FallbackRateLimiter(RateLimiter& shared, RateLimiter& local, Options options)
    : shared_(shared), local_(local), options_(std::move(options)),
      fallbacks_(telemetry::counter("tandem_gateway_rate_limit_fallbacks_total",
                                    "Requests that this gateway counted alone, since Redis was away")) {}

Task<std::optional<int>> FallbackRateLimiter::take(std::string caller) {
    const bool tries_again = away_;
    if (may_ask()) {
        try {
            const auto wait_s = co_await shared_.take(caller);
            if (tries_again) {
                came_back();
            }
            co_return wait_s;
        } catch (const Unavailable& failure) {
            went(failure.what());
        }
    }
    fallbacks_.add();
    const auto wait_s = co_await local_.take(std::move(caller));
    co_return wait_s;
}

bool FallbackRateLimiter::may_ask() {
    if (!away_) {
        return true;
    }
    const auto now = options_.now();
    if (now < ask_at_) {
        return false;
    }
    ask_at_ = now + options_.pause; // for all but this one
    return true;
}

void FallbackRateLimiter::went(const char* reason) {
    ask_at_ = options_.now() + options_.pause;
    if (!std::exchange(away_, true)) {
        telemetry::log_warn("rate limits are counted by this gateway alone", {{"reason", reason}});
    }
}

void FallbackRateLimiter::came_back() {
    if (std::exchange(away_, false)) {
        telemetry::log_info("rate limits are shared again");
    }
}

} // namespace tandem::gateway
