#pragma once

#include "libs/runtime/service.hpp"
#include "libs/runtime/token_trust.hpp"
#include "services/payment/core/charging.hpp"
#include "services/payment/infrastructure/payment_worker.hpp"

#include <expected>
#include <string>

namespace tandem::payment {

/// Everything the process is told by its environment.
struct Config {
    runtime::ServiceOptions service;
    std::string database_url;
    std::string rabbitmq_url;
    runtime::TokenTrust tokens;
    http::Endpoint provider;
    std::chrono::milliseconds provider_timeout{};
    ChargingRules rules;
    CircuitBreaker::Options breaker;
    WorkerOptions worker;
};

/// Or the process's exit code: 0 after `--help`, 2 when a variable is missing or invalid.
std::expected<Config, int> read_config(int argc, char** argv);

} // namespace tandem::payment
