#pragma once

#include "lab/chaos/verdict.hpp"

#include <deque>
#include <filesystem>
#include <string>
#include <vector>

namespace tandem::lab {

/// All that one run has found.
struct ChaosFindings {
    std::string architecture;
    std::uint64_t seed = 0;
    double rate_per_s = 0;
    std::int64_t length_s = 0; ///< of the time in which faults come
    std::string taken_at;      ///< RFC 3339
    std::vector<FaultRecord> faults;
    std::deque<Visit> visits;
    std::int64_t poison = 0;              ///< messages that the broker has confirmed
    std::int64_t dead_letters_before = 0; ///< that were there already
    std::int64_t promises_on_disk = 0;
    Judgement judgement;
    Verdict verdict = Verdict::unjudged;
};

std::string to_table(const ChaosFindings& findings);
/// Sums, and raw: each fault, each visit, what each second saw.
std::string to_json(const ChaosFindings& findings);

} // namespace tandem::lab
