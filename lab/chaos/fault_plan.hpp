#pragma once

#include "lab/chaos/fault.hpp"

#include <cstdint>
#include <vector>

namespace tandem::lab {

/// What there is to break. Parts that are in no list are left alone.
struct Targets {
    std::vector<std::string> applications;
    std::vector<std::string> stores; ///< databases, broker, cache: they keep what they have confirmed
    std::vector<std::string> others; ///< may be frozen and restarted, but promise nothing about a crash
    std::vector<std::string> queues; ///< for poison
};

/// The same seed, length and targets give the same faults, on every machine: nothing else is drawn from. They
/// come one after another, with time between them to recover, and all are over within `length`. Every
/// kind comes once before one comes again, and likewise every target of a kind.
std::vector<Fault> plan_faults(std::uint64_t seed, std::chrono::milliseconds length, const Targets& targets);

} // namespace tandem::lab
