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

int serve(const Config& config) {
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

    service.add_check("broker", [&publisher] { return publisher.ready(); });
    publisher.start();
    database.when_migrated("seed", [&] { return seed(registration, config.seed); });
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
    const auto config = tandem::user::read_config(argc, argv);
    if (!config) {
        return config.error();
    }
    try {
        return tandem::user::serve(*config);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "user_service: %s\n", error.what());
        return 1;
    }
}
