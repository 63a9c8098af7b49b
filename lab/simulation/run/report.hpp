#pragma once

#include "lab/simulation/run/simulate.hpp"

#include <ctime>

namespace tandem::simulation {

/// What came of many runs.
class Summary {
public:
    Summary() : began_(std::chrono::steady_clock::now()), cpu_began_(std::clock()) {}

    void add(const Outcome& outcome);
    std::uint64_t runs() const { return runs_; }
    /// For people: runs, their pace, faults by kind, orders by outcome. Ends with a line break.
    std::string text() const;

private:
    std::chrono::steady_clock::time_point began_;
    std::clock_t cpu_began_;
    std::uint64_t runs_ = 0;
    FaultCounts faults_{};
    Tally tally_;
    std::chrono::microseconds virtual_time_{};
};

} // namespace tandem::simulation
