#pragma once

#include "libs/runtime/service.hpp"
#include "services/user/core/login_throttle.hpp"
#include "services/user/core/seed.hpp"
#include "services/user/core/sessions.hpp"

#include <expected>
#include <set>
#include <string>
#include <vector>

namespace tandem::user {

/// The settings of user_service; `--help` prints them.
struct Config {
    runtime::ServiceOptions service;
    std::string database_url;
    std::string rabbitmq_url;
    std::string token_issuer;
    std::string token_audience;
    std::vector<std::string> signing_key_files;
    SessionOptions sessions;
    LoginThrottleOptions throttle;
    std::size_t password_threads = 0;
    std::size_t password_queue_max = 0;
    std::set<std::string> trusted_proxies;
    std::vector<SeedAccount> seed;
};

/// From the environment; or the exit code, after `--help` (0) or a setting that does not fit (2).
std::expected<Config, int> read_config(int argc, char** argv);

} // namespace tandem::user
