#pragma once

#include "libs/runtime/service.hpp"
#include "libs/runtime/token_trust.hpp"

#include <expected>
#include <string>

namespace tandem::product {

/// Everything the process is told by its environment.
struct Config {
    runtime::ServiceOptions service;
    std::string database_url;
    std::string rabbitmq_url;
    runtime::TokenTrust tokens;
    bool seed_catalog = false;
};

/// Or the process's exit code: 0 after `--help`, 2 when a variable is missing or invalid.
std::expected<Config, int> read_config(int argc, char** argv);

} // namespace tandem::product
