#pragma once

#include "libs/auth/token.hpp"
#include "libs/http/message.hpp"
#include "libs/kernel/task.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace tandem::auth {

struct AuthenticatorOptions {
    std::string issuer = "tandem";
    std::string audience = "tandem-shop";
    std::chrono::seconds refresh_every{300};
    std::chrono::seconds refresh_at_least{5}; ///< between two fetches because of an unknown kid
    std::size_t cached_tokens_max = 10'000;
    /// Where "now" comes from; must outlive the authenticator.
    const Clock* clock = &system_clock();

    static const Clock& system_clock();
};

/// Turns the `Authorization: Bearer` header of a request into a Principal. Fetches the key set when
/// first needed and every few minutes, and at once for an unknown kid (at most every 5 s); keeps
/// the last good set when the source is down. One request waits for a refresh, the others use the
/// last set meanwhile. A token that was verified is remembered until it expires or the key set
/// changes. Use on the event loop's thread only; outlives its calls.
class Authenticator {
public:
    /// Fetches the JWKS document: over HTTP from the user service, or from memory in the user
    /// service itself. May throw Unavailable.
    using FetchJwks = std::function<Task<std::string>()>;

    Authenticator(FetchJwks fetch, AuthenticatorOptions options);
    ~Authenticator();

    /// unauthenticated: no or bad token. Throws Unavailable when no key set could ever be had.
    Task<Result<Principal>> authenticate(std::string authorization_header);

    /// `authenticate` on the request's header.
    Task<Result<Principal>> require_user(const http::Request& request);
    /// ... and forbidden unless an admin.
    Task<Result<Principal>> require_admin(const http::Request& request);

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace tandem::auth
