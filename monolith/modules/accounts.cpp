#include "monolith/modules/accounts.hpp"

namespace tandem::monolith {
namespace {

constexpr std::size_t password_queue_max = 64;

Task<std::string> own_jwks(const user::KeyRing& keys) {
    co_return keys.jwks();
}

} // namespace

Accounts::Accounts(runtime::Service& service,
                   Database& database,
                   const Config& config,
                   std::function<void()> stored)
    : keys_(user::KeyRing::load(config.signing_key_files)),
      threads_(service.executor(), "password", config.password_threads, password_queue_max),
      hasher_(threads_), users_(database.users, std::move(stored)), tokens_(database.users),
      issuer_(keys_, config.token_issuer, config.token_audience), throttle_({}),
      registration_(users_, hasher_, clock_),
      sessions_(users_, tokens_, hasher_, issuer_, throttle_, clock_, {}),
      authenticator_([this] { return own_jwks(keys_); },
                     {.issuer = config.token_issuer, .audience = config.token_audience}),
      // The door in front has put the client's address into X-Forwarded-For.
      routes_(registration_,
              sessions_,
              users_,
              authenticator_,
              {.jwks = keys_.jwks(), .trusted_proxies = {"*"}}) {}

void Accounts::start(runtime::Service& service, Database& database, const Config& config) {
    database.root().when_migrated(
        "accounts", [this, accounts = config.seed_accounts] { return user::seed(registration_, accounts); });
    database.root().start_when_migrated("token cleaner", [this, &service] {
        service.tasks().spawn("token cleaner",
                              user::clean_expired_tokens(tokens_, clock_, std::chrono::hours(1)));
    });
}

} // namespace tandem::monolith
