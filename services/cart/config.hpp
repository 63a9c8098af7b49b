#pragma once

#include "libs/runtime/service.hpp"
#include "libs/runtime/token_trust.hpp"

#include <string>

namespace tandem::cart {

/// Everything the process is told by its environment.
struct Config {
    runtime::ServiceOptions service;
    std::string database_url;
    std::string rabbitmq_url;
    http::Endpoint products;
    runtime::TokenTrust tokens;
};

Config read_config(runtime::Environment& environment);

} // namespace tandem::cart
