#pragma once

#include "lab/simulation/world/bug.hpp"
#include "lab/simulation/world/faults.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace tandem::simulation {

/// Orders by how they ended, and what else is worth counting.
struct Tally {
    std::uint64_t paid = 0;
    std::uint64_t shipped = 0;
    std::uint64_t failed = 0;
    std::uint64_t cancelled = 0;
    std::uint64_t messages = 0;
    std::uint64_t steps = 0;

    Tally& operator+=(const Tally& other);
};

struct Outcome {
    std::vector<std::string> violations; ///< empty: every law held
    std::vector<std::string> story;      ///< empty unless it was asked for
    FaultCounts faults{};
    Tally tally;
    std::chrono::microseconds virtual_time{};
};

enum class Telling { quiet, told };

/// One run: a few customers in a shop where things go wrong for a while; then nothing goes wrong any more,
/// and once all is at rest the laws are checked. The same arguments always give the same outcome.
Outcome simulate(std::uint64_t seed, Bug bug = Bug::none, Telling telling = Telling::quiet);

} // namespace tandem::simulation
