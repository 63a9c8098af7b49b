#pragma once

#include "lab/compare/findings.hpp"

#include <string>

namespace tandem::lab {

/// Both shops side by side, and below it in sentences who wins what.
std::string to_table(const Comparison& comparison);

/// Every figure, with the sentences, the latency curves and the throughput of each second.
std::string to_json(const Comparison& comparison);

} // namespace tandem::lab
