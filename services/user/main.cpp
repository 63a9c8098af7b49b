#include "libs/async/blocking_pool.hpp"
#include "libs/messaging/outbox.hpp"
#include "libs/runtime/migrated_database.hpp"
#include "services/user/api/user_routes.hpp"
#include "services/user/config.hpp"
#include "services/user/infrastructure/argon2_hasher.hpp"
#include "services/user/infrastructure/postgres_refresh_tokens.hpp"
#include "services/user/infrastructure/postgres_users.hpp"
#include "services/user/infrastructure/signed_tokens.hpp"
#include "services/user/infrastructure/token_cleaner.hpp"

#include <cstdio>

namespace tandem::user {

const std::vector<postgres::Migration>& migrations();

namespace {

Task<std::string> own_jwks(const KeyRing& keys) {
    co_return keys.jwks();
}

int serve(const Config& config, std::vector<SeedAccount> accounts) {
    const SystemClock clock;
    const KeyRing keys = KeyRing::load(config.signing_key_files);
    runtime::Service service(config.service);
    runtime::MigratedDatabase database(service, {.url = config.database_url}, migrations());
    messaging::Publisher publisher(service.executor(),
                                   {.url = config.rabbitmq_url, .app_id = config.service.name});
    messaging::OutboxRelay relay(service.executor(), database.pool(), publisher);

    async::BlockingPool threads(
        service.executor(), "password", config.password_threads, config.password_queue_max);
    Argon2Hasher hasher(threads);
    PostgresUsers users(database.pool(), [&relay] { relay.wake(); });
    PostgresRefreshTokens tokens(database.pool());
    SignedTokens issuer(keys, config.token_issuer, config.token_audience);
    LoginThrottle throttle(config.throttle);
    Registration registration(users, hasher, clock);
    Sessions sessions(users, tokens, hasher, issuer, throttle, clock, config.sessions);
    auth::Authenticator authenticator([&keys] { return own_jwks(keys); },
                                      {.issuer = config.token_issuer, .audience = config.token_audience});
    UserRoutes routes(registration,
                      sessions,
                      users,
                      authenticator,
                      {.jwks = keys.jwks(), .trusted_proxies = config.trusted_proxies});
    routes.mount(service.router());

    publisher.start();
    database.when_migrated("seed",
                           [&, accounts = std::move(accounts)] { return seed(registration, accounts); });
    database.start_when_migrated("relay", [&] { relay.start(); });
    database.start_when_migrated("cleaner", [&] {
        service.tasks().spawn("cleaner", clean_expired_tokens(tokens, clock, std::chrono::hours(1)));
    });
    service.on_stop("relay", [&relay](auto deadline) { return relay.stop(deadline); });
    database.start();
    return service.run();
}

} // namespace
} // namespace tandem::user

int main(int argc, char** argv) {
    using namespace tandem;
    runtime::Environment environment(
        "user_service",
        "Registers people, signs them in, and publishes the keys of their tokens.",
        argc,
        argv);
    const user::Config config = user::read_config(environment);
    if (const auto exit_code = environment.finish()) {
        return *exit_code;
    }
    auto accounts = user::seed_accounts(config.seed);
    if (!accounts) {
        std::fprintf(stderr, "user_service: %s\n", accounts.error().message().c_str());
        return 2;
    }
    try {
        return user::serve(config, *std::move(accounts));
    } catch (const std::exception& error) {
        std::fprintf(stderr, "user_service: %s\n", error.what());
        return 1;
    }
}
