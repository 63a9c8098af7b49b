#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace tandem::lab {

/// One customer's session, in seconds since the first one was due.
struct Visit {
    double due_s = 0;
    std::optional<double> accepted_s;
    std::optional<double> confirmed_s;
};

/// When something outside the shop was away, on the same clock.
struct OutageWindow {
    double begin_s = 0;
    double end_s = 0;
};

/// Customers who came in one part of the run, and what became of them in the end.
struct Arrivals {
    std::uint64_t came = 0;
    std::uint64_t accepted = 0;
    std::uint64_t confirmed = 0;

    double accepted_share() const; ///< of those who came; 0 when nobody did
    double confirmed_share() const;
};

/// What an outage did to the customers of a run. A customer belongs to the part in which the session was due.
struct OutageEffect {
    Arrivals before;
    Arrivals during;
    Arrivals after;
    /// Orders that had been accepted, and not yet confirmed, when the outage ended.
    std::uint64_t waiting = 0;
    std::uint64_t never_confirmed = 0; ///< of those
    /// From the end of the outage until the last of them was confirmed; nothing when none waited, or when one
    /// never was.
    std::optional<double> recovery_s;
};

OutageEffect effect_of(const OutageWindow& outage, const std::vector<Visit>& visits);

} // namespace tandem::lab
