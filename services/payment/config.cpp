#include "services/payment/config.hpp"

namespace tandem::payment {
namespace {

/// Beyond the provider's answer: time to store it before somebody else takes the payment in hand.
constexpr std::chrono::seconds time_to_store{5};

void read_charging(runtime::Environment& env, Config& config) {
    config.provider = env.endpoint("PROVIDER_URL", "the payment provider", "http://127.0.0.1:8100");
    config.provider_timeout =
        env.milliseconds("PROVIDER_TIMEOUT_MS", "patience with one call of the provider", 3'000);
    config.rules.settle = env.milliseconds(
        "PROVIDER_SETTLE_MS", "how long an unanswered charge may still take effect there", 30'000);
    config.rules.give_up = env.milliseconds(
        "PAYMENT_GIVE_UP_MS", "an order that could not be charged for so long fails", 600'000);
    config.rules.retry.first =
        env.milliseconds("PAYMENT_RETRY_FIRST_MS", "longest pause after the first attempt; doubles", 200);
    config.rules.retry.longest =
        env.milliseconds("PAYMENT_RETRY_MAX_MS", "longest pause between two attempts", 15'000);
    config.rules.lease = config.provider_timeout + time_to_store;
    config.breaker.failures_max = static_cast<int>(
        env.integer("BREAKER_FAILURES", "failures in a row that open the circuit breaker", 10, 1, 1'000'000));
    config.breaker.cool_down = env.milliseconds("BREAKER_COOL_DOWN_MS", "pause until it tries again", 5'000);
    config.worker.concurrency = static_cast<std::size_t>(
        env.integer("PAYMENT_CONCURRENCY", "calls of the provider at once", 256, 1, 10'000));
}

} // namespace

std::expected<Config, int> read_config(int argc, char** argv) {
    runtime::Environment env("payment_service",
                             "Charges what was ordered, exactly once, and refunds what was cancelled.",
                             argc,
                             argv);
    Config config;
    config.service = runtime::read_service_options(env, "payment-service", 8002);
    config.database_url =
        env.secret("DATABASE_URL", "payment-db, postgresql://user:password@host:port/database");
    config.rabbitmq_url = env.secret("RABBITMQ_URL", "the broker, amqp://user:password@host:port/vhost");
    config.tokens = runtime::read_token_trust(env);
    read_charging(env, config);
    if (const auto exit_code = env.finish()) {
        return std::unexpected(*exit_code);
    }
    return config;
}

} // namespace tandem::payment
