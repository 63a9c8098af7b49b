#include "services/email/config.hpp"

#include "services/email/domain/address.hpp"

#include <cstdio>
#include <fmt/format.h>

namespace tandem::email {

std::expected<Config, int> read_config(int argc, char** argv) {
    runtime::Environment environment(
        "email_service", "Writes to customers: confirmations, bad news, a welcome.", argc, argv);
    Config config;
    config.service = runtime::read_service_options(environment, "email-service", 8003);
    config.rabbitmq_url =
        environment.secret("RABBITMQ_URL", "the broker, amqp://user:password@host:port/vhost");
    config.smtp.url = environment.text(
        "SMTP_URL", "the mail server, smtp://host:port, or smtps:// for TLS", "smtp://127.0.0.1:1026");
    config.smtp.from =
        environment.text("MAIL_FROM", "the sender's address of every mail", "noreply@ecommerce.com");
    config.smtp.connections = static_cast<std::size_t>(
        environment.integer("SMTP_CONNECTIONS", "kept connections to the mail server", 2, 1, 32));
    config.smtp.send_timeout =
        environment.milliseconds("SMTP_TIMEOUT_MS", "how long the mail server may take for one mail", 20'000);
    config.email_delay = environment.milliseconds(
        "EMAIL_DELAY_MS", "simulated slowness of the mail server for each mail", 2'000, 0);
    config.email_concurrency =
        environment.integer("EMAIL_CONCURRENCY", "mails in progress at the same time", 256, 1, 2'000);
    if (const auto exit_code = environment.finish()) {
        return std::unexpected(*exit_code);
    }
    if (!is_mail_address(config.smtp.from)) {
        fmt::print(stderr, "MAIL_FROM is no mail address\n");
        return std::unexpected(2);
    }
    return config;
}

} // namespace tandem::email
