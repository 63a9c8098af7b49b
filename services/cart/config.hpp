#pragma once

#include "libs/runtime/service.hpp"

#include <string>

namespace tandem::cart {

/// Everything the process is told by its environment.
struct Config {
    runtime::ServiceOptions service;
    std::string database_url;
    std::string rabbitmq_url;
    std::string product_url;
    std::string jwks_url;
    std::string token_issuer;
    std::string token_audience;
};

Config read_config(runtime::Environment& environment);

} // namespace tandem::cart
