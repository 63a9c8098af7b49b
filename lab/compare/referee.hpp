#pragma once

#include "lab/compare/findings.hpp"
#include "lab/compare/process_usage.hpp"
#include "libs/http/client.hpp"

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
    std::vector<Contestant> contestants;
    std::vector<SupervisedPart> parts;
    http::Endpoint provider;
    std::string tandem; ///< the program that stops and starts parts
    std::string admin_email;
    std::string admin_password;
};

/// Prepares and warms up both shops, then plays the same sessions against each in turn, load after load,
/// never two at once; what has been played to its end is in `runs`. Tells on standard error what it is doing.
/// Throws Unavailable or std::runtime_error when a shop or the world around it cannot be prepared. Leaves the
/// world as the profile wants it: see OutsideWorld.
Task<> compare(Executor executor, const Match& match, std::vector<Run>& runs);

} // namespace tandem::lab
