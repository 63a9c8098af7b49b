#pragma once

#include "libs/async/blocking_pool.hpp"
#include "libs/auth/authenticator.hpp"
#include "monolith/database.hpp"
#include "services/user/api/user_routes.hpp"
#include "services/user/infrastructure/argon2_hasher.hpp"
#include "services/user/infrastructure/postgres_refresh_tokens.hpp"
#include "services/user/infrastructure/postgres_users.hpp"
#include "services/user/infrastructure/signed_tokens.hpp"
#include "services/user/infrastructure/token_cleaner.hpp"

#include <functional>

namespace tandem::monolith {

/// The user domain, wired into this process.
class Accounts {
public:
    Accounts(runtime::Service& service,
             Database& database,
             const Config& config,
             std::function<void()> stored);

    auth::Authenticator& authenticator() { return authenticator_; }
    void mount(http::Router& router) { routes_.mount(router); }
    /// Seeds and cleans, once the tables are there.
    void start(runtime::Service& service, Database& database, const Config& config);

private:
    SystemClock clock_;
    user::KeyRing keys_;
    async::BlockingPool threads_;
    user::Argon2Hasher hasher_;
    user::PostgresUsers users_;
    user::PostgresRefreshTokens tokens_;
    user::SignedTokens issuer_;
    user::LoginThrottle throttle_;
    user::Registration registration_;
    user::Sessions sessions_;
    auth::Authenticator authenticator_;
    user::UserRoutes routes_;
};

} // namespace tandem::monolith
