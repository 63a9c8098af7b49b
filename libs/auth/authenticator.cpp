#include "libs/auth/authenticator.hpp"

#include "libs/async/event.hpp"
#include "libs/auth/verified_tokens.hpp"
#include "libs/kernel/unavailable.hpp"
#include "libs/telemetry/log.hpp"

#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace tandem::auth {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view scheme = "bearer ";
constexpr std::chrono::seconds fetch_wait = 10s;

bool is_scheme(std::string_view header) {
    const auto same = [](char left, char right) {
        return (left >= 'A' && left <= 'Z' ? left + 32 : left) == right;
    };
    return header.size() > scheme.size() &&
           std::equal(
               scheme.begin(), scheme.end(), header.begin(), [&](char s, char h) { return same(h, s); });
}

Result<std::string_view> bearer_token(std::string_view header) {
    if (header.empty()) {
        return fail(ErrorKind::unauthenticated, "Sign in first: the request carries no access token.");
    }
    if (!is_scheme(header)) {
        return fail(ErrorKind::unauthenticated, "The Authorization header must read 'Bearer <token>'.");
    }
    return header.substr(scheme.size());
}

} // namespace

const Clock& AuthenticatorOptions::system_clock() {
    static const SystemClock clock;
    return clock;
}

struct Authenticator::State {
    State(FetchJwks source, AuthenticatorOptions given)
        : fetch(std::move(source)), options(std::move(given)), tokens(options.cached_tokens_max) {}

    Timestamp now() const { return options.clock->now(); }

    /// Also true when the clock went back: a key set of the future is of no known age.
    bool older(Timestamp moment, std::chrono::seconds age) const {
        return now() - moment >= age || now() < moment;
    }

    bool refresh_is_due() const {
        return !keys ||
               (older(fetched_at, options.refresh_every) && older(attempted_at, options.refresh_at_least));
    }

    bool may_ask_again() const { return older(attempted_at, options.refresh_at_least); }

    void take(std::string document) {
        auto parsed = KeySet::parse(document);
        if (!parsed) {
            throw Unavailable("the key set cannot be read: " + parsed.error().message());
        }
        if (document != text) {
            tokens.clear(); // a key that is gone must not live on in them
            text = std::move(document);
        }
        keys = *std::move(parsed);
        fetched_at = now();
    }

    Task<> fetch_once() {
        attempted_at = now();
        try {
            std::string document = co_await fetch();
            take(std::move(document));
        } catch (const std::exception& error) {
            if (!keys) {
                throw;
            }
            telemetry::log_warn("key set not refreshed, the last one stays in use",
                                {{"reason", error.what()}});
        }
    }

    /// One fetch at a time. The keys that are there serve meanwhile.
    Task<> refresh() {
        if (arrived) {
            co_return;
        }
        const Executor executor = co_await boost::asio::this_coro::executor;
        arrived = std::make_shared<async::Event>(executor);
        const FetchInProgress mark(*this);
        co_await fetch_once();
    }

    /// Waits for the fetch under way, or makes one, because the keys that are there will not do.
    Task<> await_keys() {
        if (arrived) {
            const auto event = arrived;
            co_await event->wait_for(fetch_wait);
        } else if (!keys || may_ask_again()) {
            co_await refresh();
        }
    }

    struct FetchInProgress {
        explicit FetchInProgress(State& owner) : state(owner) {}
        FetchInProgress(const FetchInProgress&) = delete;
        FetchInProgress& operator=(const FetchInProgress&) = delete;
        ~FetchInProgress() {
            const auto event = std::exchange(state.arrived, nullptr);
            event->notify();
        }
        State& state;
    };

    Result<Principal> verify(std::string_view token) {
        const KeySet::Expectation expected{.issuer = options.issuer, .audience = options.audience};
        auto verified = keys->verify(token, expected, now());
        if (!verified) {
            return fail(verified.error());
        }
        tokens.remember(token, verified->first, verified->second);
        return verified->first;
    }

    FetchJwks fetch;
    AuthenticatorOptions options;
    VerifiedTokens tokens;
    std::shared_ptr<const KeySet> keys;
    std::string text;
    Timestamp fetched_at;
    Timestamp attempted_at;
    std::shared_ptr<async::Event> arrived; // set while a fetch is under way
};

Authenticator::Authenticator(FetchJwks fetch, AuthenticatorOptions options)
    : state_(std::make_unique<State>(std::move(fetch), std::move(options))) {}

Authenticator::~Authenticator() = default;

Task<Result<Principal>> Authenticator::authenticate(std::string authorization_header) {
    const auto token = bearer_token(authorization_header);
    if (!token) {
        co_return fail(token.error());
    }
    if (!state_->keys) {
        co_await state_->await_keys();
    } else if (state_->refresh_is_due()) {
        co_await state_->refresh();
    }
    if (!state_->keys) {
        throw Unavailable("the key set that tokens are verified with cannot be had");
    }
    auto known = state_->tokens.find(*token, state_->now());
    if (known) {
        co_return *std::move(known);
    }
    if (!state_->keys->has(KeySet::kid_of(*token))) {
        co_await state_->await_keys();
    }
    co_return state_->verify(*token);
}

Task<Result<Principal>> Authenticator::require_user(const http::Request& request) {
    std::string header(request.headers.get("Authorization"));
    auto principal = co_await authenticate(std::move(header));
    co_return principal;
}

Task<Result<Principal>> Authenticator::require_admin(const http::Request& request) {
    auto principal = co_await require_user(request);
    if (principal && !principal->is_admin()) {
        co_return fail(ErrorKind::forbidden, "Only an administrator may do this.");
    }
    co_return principal;
}

} // namespace tandem::auth
