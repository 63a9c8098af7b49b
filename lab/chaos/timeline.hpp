#pragma once

#include "lab/chaos/visit.hpp"

#include <cstdint>
#include <deque>
#include <vector>

namespace tandem::lab {

/// What the customers saw in one second of the load.
struct Second {
    std::int64_t came = 0;
    std::int64_t accepted = 0;    ///< answered so in this second
    std::int64_t paid = 0;        ///< seen so in this second
    std::int64_t not_at_once = 0; ///< came in this second, and had to ask again
    double latency_ms_p50 = 0;    ///< until the first answer of those who came in this second
    double latency_ms_max = 0;
};

/// From the second in which the first customer came to the last one in which anything happened.
std::vector<Second> timeline_of(const std::deque<Visit>& visits);

} // namespace tandem::lab
