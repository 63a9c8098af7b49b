#pragma once

#include "lab/compare/findings.hpp"

#include <string>
#include <vector>

namespace tandem::lab {

/// What an outage did to both shops' customers, in sentences; none when there was none.
std::vector<std::string> outage_story(const Profile& profile, const Pair& runs);

} // namespace tandem::lab
