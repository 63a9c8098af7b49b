#pragma once

#include "libs/runtime/service.hpp"
#include "services/email/infrastructure/smtp_mailer.hpp"

#include <chrono>
#include <expected>
#include <string>

namespace tandem::email {

/// Everything the process is told by its environment.
struct Config {
    runtime::ServiceOptions service;
    std::string rabbitmq_url;
    SmtpOptions smtp;
    std::chrono::milliseconds email_delay{};
    std::int64_t email_concurrency = 0;
};

/// Or the process's exit code: 0 after `--help`, 2 when a variable is missing or invalid.
std::expected<Config, int> read_config(int argc, char** argv);

} // namespace tandem::email
