#pragma once

#include "lab/compare/findings.hpp"
#include "lab/compare/process_usage.hpp"
#include "libs/http/client.hpp"

#include <map>
#include <string>
#include <vector>

namespace tandem::lab {

/// Where one of the two shops is, and where its data.
struct Contestant {
    std::string architecture; ///< "microservices" or "monolith"
    http::Endpoint door;
    std::vector<std::string> database_urls;
};

struct Match {
    Profile profile;
    std::vector<double> rates;
    std::chrono::seconds length{20};
    std::vector<Contestant> contestants;
    std::vector<SupervisedPart> parts;
    http::Endpoint provider;
    std::string admin_email;
    std::string admin_password;
};

/// Sets how the payment provider behaves, as JSON for its /v1/behaviour; gives how it did before. Throws
/// Unavailable or std::runtime_error.
Task<std::string> set_behaviour(Executor executor, http::Endpoint provider, std::string behaviour);

/// Plays the same sessions against each shop in turn, each after a warm-up, never two at once. Tells on
/// standard error what it is doing. Throws Unavailable or std::runtime_error when a shop cannot be
/// prepared.
Task<std::vector<Run>> compare(Executor executor, Match match);

} // namespace tandem::lab
