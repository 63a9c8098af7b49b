#include "services/user/config.hpp"

#include <cstdio>

namespace tandem::user {
namespace {

constexpr std::int64_t day_ms = 24LL * 60 * 60 * 1'000;

std::chrono::seconds whole_seconds(std::int64_t ms) {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::milliseconds(ms));
}

void read_tokens(runtime::Environment& env, Config& config) {
    config.token_issuer = env.text("TOKEN_ISSUER", "issuer (iss) of access tokens", "tandem");
    config.token_audience = env.text("TOKEN_AUDIENCE", "audience (aud) of access tokens", "tandem-shop");
    config.signing_key_files = env.list("SIGNING_KEY_FILE",
                                        "PEM files of P-256 keys, comma-separated: the first signs and is "
                                        "made if absent, all are published",
                                        "signing-key.pem");
    config.sessions.access_lifetime = whole_seconds(
        env.integer("ACCESS_TOKEN_TTL_MS", "life of an access token, ms", 15LL * 60 * 1'000, 1'000, day_ms));
    config.sessions.refresh_lifetime = whole_seconds(
        env.integer("REFRESH_TOKEN_TTL_MS", "life of a refresh token, ms", 30 * day_ms, 1'000, 366 * day_ms));
}

void read_limits(runtime::Environment& env, Config& config) {
    config.throttle.failures_max = static_cast<int>(env.integer(
        "LOGIN_FAILURES_MAX", "failed sign-ins that close an account for a while", 10, 1, 10'000));
    config.throttle.failures_per_address_max =
        static_cast<int>(env.integer("LOGIN_FAILURES_PER_ADDRESS_MAX",
                                     "... that close a client address, over all accounts",
                                     200,
                                     1,
                                     1'000'000));
    config.throttle.window =
        env.milliseconds("LOGIN_WINDOW_MS", "how long failed sign-ins count", 15LL * 60 * 1'000);
    config.password_threads =
        static_cast<std::size_t>(env.integer("PASSWORD_THREADS", "threads that hash passwords", 2, 1, 64));
    config.password_queue_max = static_cast<std::size_t>(env.integer(
        "PASSWORD_QUEUE_MAX", "passwords that may wait for a thread; beyond it 503", 64, 1, 10'000));
    const auto proxies = env.list("TRUSTED_PROXIES",
                                  "addresses whose X-Forwarded-For is believed, comma-separated, or *",
                                  "127.0.0.1,::1");
    config.trusted_proxies.insert(proxies.begin(), proxies.end());
}

SeedOptions read_seed(runtime::Environment& env) {
    return {.test_user = env.flag("SEED_TEST_USER", "make paintest@example.com / password123", false),
            .admin_email = env.text("ADMIN_EMAIL", "account of the administrator, made if absent", ""),
            .admin_password = env.text("ADMIN_PASSWORD", "its first password; needed with ADMIN_EMAIL", "")};
}

} // namespace

std::expected<Config, int> read_config(int argc, char** argv) {
    runtime::Environment environment(
        "user_service",
        "Registers people, signs them in, and publishes the keys of their tokens.",
        argc,
        argv);
    Config config;
    config.service = runtime::read_service_options(environment, "user-service", 8005);
    config.database_url = environment.secret("DATABASE_URL", "postgresql://user:password@host:port/database");
    config.rabbitmq_url = environment.secret("RABBITMQ_URL", "amqp://user:password@host:port/vhost");
    read_tokens(environment, config);
    read_limits(environment, config);
    const SeedOptions seed = read_seed(environment);
    if (const auto exit_code = environment.finish()) {
        return std::unexpected(*exit_code);
    }
    auto accounts = seed_accounts(seed);
    if (!accounts) {
        std::fprintf(stderr, "user_service: %s\n", accounts.error().message().c_str());
        return std::unexpected(2);
    }
    config.seed = *std::move(accounts);
    return config;
}

} // namespace tandem::user
