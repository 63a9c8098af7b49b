#pragma once

#include "lab/chaos/effects.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tandem::lab {

/// What the auditor said of the shop afterwards.
struct Judgement {
    int exit_code = 2;   ///< 0 lawful, 1 violated, 2 it could not judge
    std::string calm;    ///< "at_rest", "moving", "stuck"
    std::string why_not; ///< what kept it from looking; empty when nothing did
    std::int64_t violations_found = 0;
    std::vector<std::string> violations; ///< the first of them, in words
};

/// Reads `auditor --json`. What makes no sense leaves the exit code alone and has no words.
Judgement parse_judgement(int exit_code, std::string_view json);

enum class Verdict { lawful = 0, violated = 1, unjudged = 2 };

/// Lawful only when the auditor has found nothing with every promise before its eyes, and something was
/// broken at all.
Verdict verdict_of(const Judgement& judgement,
                   const std::vector<FaultRecord>& faults,
                   std::int64_t promises_counted,
                   std::int64_t promises_on_disk);

std::string_view sentence_of(Verdict verdict);

} // namespace tandem::lab
