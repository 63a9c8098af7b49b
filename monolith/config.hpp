#pragma once

#include "gateway/config.hpp"
#include "libs/runtime/service.hpp"
#include "services/email/infrastructure/smtp_mailer.hpp"
#include "services/payment/core/charging.hpp"
#include "services/user/core/seed.hpp"

#include <expected>
#include <string>
#include <vector>

namespace tandem::monolith {

/// Everything the process is told by its environment; `--help` prints it.
struct Config {
    runtime::ServiceOptions service;
    std::string database_url;

    std::vector<std::string> signing_key_files;
    std::string token_issuer;
    std::string token_audience;
    std::size_t password_threads = 0;
    std::vector<user::SeedAccount> seed_accounts;
    bool seed_catalog = false;

    std::size_t checkouts_max = 0;         ///< in progress, each with a database connection
    std::size_t checkouts_waiting_max = 0; ///< for their turn; beyond it 503
    std::chrono::milliseconds checkout_timeout{};
    std::int64_t streams_max = 0;

    http::Endpoint provider;
    std::chrono::milliseconds provider_timeout{};
    payment::ChargingRules charging;

    email::SmtpOptions smtp;
    std::chrono::milliseconds email_delay{};

    gateway::DoorOptions door;
};

/// Or the process's exit code: 0 after `--help`, 2 when a variable is missing or invalid.
std::expected<Config, int> read_config(int argc, char** argv);

} // namespace tandem::monolith
