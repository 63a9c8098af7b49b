#pragma once

#include "flight-recorder/flight_log.hpp"
#include "libs/runtime/service.hpp"
#include "libs/runtime/token_trust.hpp"

#include <string>

namespace tandem::recorder {

/// The settings of the flight recorder; `--help` prints them.
struct Config {
    runtime::ServiceOptions service;
    runtime::TokenTrust tokens;
    std::string monolith_jwks_url;
    LogLimits limits;
};

Config read_config(runtime::Environment& env);

} // namespace tandem::recorder
