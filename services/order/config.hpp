#pragma once

#include "libs/http/client.hpp"
#include "libs/runtime/service.hpp"
#include "libs/runtime/token_trust.hpp"

#include <chrono>
#include <expected>
#include <string>

namespace tandem::order {

/// Everything the process is told by its environment and arguments.
struct Config {
    runtime::ServiceOptions service;
    std::string database_url;
    std::string rabbitmq_url;
    runtime::TokenTrust tokens;
    http::Endpoint carts;
    http::Endpoint products;
    std::chrono::milliseconds order_expiry{};
    std::chrono::milliseconds idempotency_lease{};
    std::int64_t streams_max = 0;
    bool rebuild_projection = false; ///< --rebuild-projection: do that and exit
};

/// Or the process's exit code: 0 after `--help`, 2 when a variable is missing or invalid.
std::expected<Config, int> read_config(int argc, char** argv);

} // namespace tandem::order
