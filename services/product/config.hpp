#pragma once

#include "libs/runtime/service.hpp"

#include <expected>
#include <string>

namespace tandem::product {

/// Everything the process is told by its environment.
struct Config {
    runtime::ServiceOptions service;
    std::string database_url;
    std::string rabbitmq_url;
    std::string jwks_url;
    std::string token_issuer;
    std::string token_audience;
    bool seed_catalog = false;
};

/// Or the process's exit code: 0 after `--help`, 2 when a variable is missing or invalid.
std::expected<Config, int> read_config(int argc, char** argv);

} // namespace tandem::product
