#include "monolith/config.hpp"

#include "services/email/domain/address.hpp"

#include <cstdio>

namespace tandem::monolith {
namespace {

using Environment = runtime::Environment;

constexpr std::chrono::seconds time_to_store{5};

std::size_t size(Environment& env,
                 const char* name,
                 const char* meaning,
                 std::int64_t fallback,
                 std::int64_t least,
                 std::int64_t most) {
    return static_cast<std::size_t>(env.integer(name, meaning, fallback, least, most));
}

void read_people(Environment& env, Config& config) {
    config.signing_key_files = env.list("SIGNING_KEY_FILE",
                                        "PEM files of P-256 keys, comma-separated: the first signs and is "
                                        "made if absent, all are published",
                                        "signing-key.pem");
    config.token_issuer = env.text("TOKEN_ISSUER", "issuer (iss) of access tokens", "tandem");
    config.token_audience = env.text("TOKEN_AUDIENCE", "audience (aud) of access tokens", "tandem-shop");
    config.password_threads = size(env, "PASSWORD_THREADS", "threads that hash passwords", 2, 1, 64);
}

void read_checkout(Environment& env, Config& config) {
    config.checkouts_max =
        size(env, "CHECKOUTS_MAX", "checkouts in progress, each with a database connection", 20, 1, 500);
    config.checkouts_waiting_max = size(env,
                                        "CHECKOUTS_WAITING_MAX",
                                        "checkouts that may wait for their turn; beyond it 503",
                                        100,
                                        0,
                                        10'000);
    config.checkout_timeout = env.milliseconds(
        "REQUEST_TIMEOUT_MS", "longest that a request may take; callers may ask for less", 120'000);
    config.service.server.request_timeout = config.checkout_timeout;
    config.streams_max = env.integer("STREAMS_MAX", "open order streams; beyond it 503", 1'000, 1, 100'000);
}

void read_provider(Environment& env, Config& config) {
    config.provider = env.endpoint("PROVIDER_URL", "the payment provider", "http://127.0.0.1:8100");
    config.provider_timeout =
        env.milliseconds("PROVIDER_TIMEOUT_MS", "patience with one call of the provider", 3'000);
    config.charging.settle = env.milliseconds(
        "PROVIDER_SETTLE_MS", "how long an unanswered charge may still take effect there", 30'000);
    config.charging.lease = config.provider_timeout + time_to_store;
}

void read_mail(Environment& env, Config& config) {
    config.smtp.url = env.text(
        "SMTP_URL", "the mail server, smtp://host:port, or smtps:// for TLS", "smtp://127.0.0.1:1026");
    config.smtp.from = env.text("MAIL_FROM", "the sender's address of every mail", "noreply@ecommerce.com");
    config.smtp.connections = size(env, "SMTP_CONNECTIONS", "kept connections to the mail server", 2, 1, 32);
    config.smtp.send_timeout =
        env.milliseconds("SMTP_TIMEOUT_MS", "how long the mail server may take for one mail", 20'000);
    config.email_delay =
        env.milliseconds("EMAIL_DELAY_MS", "simulated slowness of the mail server for each mail", 2'000, 0);
}

user::SeedOptions read_seed(Environment& env, Config& config) {
    config.seed_catalog = env.flag("SEED_CATALOG", "fill an empty catalog with the first products", false);
    return {.test_user = env.flag("SEED_TEST_USER", "make paintest@example.com / password123", false),
            .admin_email = env.text("ADMIN_EMAIL", "account of the administrator, made if absent", ""),
            .admin_password = env.text("ADMIN_PASSWORD", "its first password; needed with ADMIN_EMAIL", "")};
}

} // namespace

std::expected<Config, int> read_config(int argc, char** argv) {
    Environment env("monolith", "The whole shop in one process, over one database.", argc, argv);
    Config config;
    config.service = runtime::read_service_options(env, "monolith", 8000);
    config.database_url = env.secret("DATABASE_URL", "postgresql://user:password@host:port/database");
    read_people(env, config);
    read_checkout(env, config);
    read_provider(env, config);
    read_mail(env, config);
    config.door = gateway::read_door_options(env);
    config.service.server.cors.emplace(config.door.cors_origins);
    const user::SeedOptions seed = read_seed(env, config);
    if (const auto exit_code = env.finish()) {
        return std::unexpected(*exit_code);
    }
    auto accounts = user::seed_accounts(seed);
    if (!accounts || !email::is_mail_address(config.smtp.from)) {
        std::fprintf(stderr,
                     "monolith: %s\n",
                     accounts ? "MAIL_FROM is no mail address" : accounts.error().message().c_str());
        return std::unexpected(2);
    }
    config.seed_accounts = *std::move(accounts);
    return config;
}

} // namespace tandem::monolith
