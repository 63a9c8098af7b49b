#pragma once

#include "lab/chaos/visit.hpp"

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tandem::lab {

/// A fault as it really came about, in seconds since the load began.
struct FaultRecord {
    std::string name;
    double begin_s = 0;
    double healed_s = 0; ///< when its cause was taken away: for a SIGKILL at once
    double end_s = 0;    ///< when the parts concerned were ready again
    std::string problem; ///< why it could not be done; empty when it was
};

/// Customers who came in some time, and how many of them got their answer at the first time of asking.
struct Availability {
    std::int64_t came = 0;
    std::int64_t answered = 0;

    double share() const; ///< 1 when nobody came
    void count(const Visit& visit);
};

struct FaultEffect {
    Availability during; ///< of those who came between begin and end
    /// From the moment the cause was taken away until a customer who came after it was accepted, and until
    /// the order of one who came after it was paid; nothing when that never happened.
    std::optional<double> recovery_accepted_s;
    std::optional<double> recovery_paid_s;
};

FaultEffect effect_of(const FaultRecord& fault, const std::deque<Visit>& visits);
/// Of all who came while no fault was at work.
Availability outside_of(const std::vector<FaultRecord>& faults, const std::deque<Visit>& visits);

struct Totals {
    std::int64_t came = 0;
    std::int64_t accepted = 0;
    std::int64_t confirmed = 0;                   ///< paid, or cancelled by the customer who asked for it
    std::int64_t open = 0;                        ///< accepted, and nobody has seen the end of it
    std::map<std::string, std::int64_t> rejected; ///< by reason, before or after it was accepted
    std::int64_t ambiguous = 0;                   ///< an answer was, and then:
    std::int64_t ambiguous_accepted = 0;
    std::int64_t ambiguous_refused = 0;
    std::int64_t unknown = 0; ///< nobody knows to this day
};
Totals totals_of(const std::deque<Visit>& visits);

} // namespace tandem::lab
