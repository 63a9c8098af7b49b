#pragma once

#include "lab/load_generator/histogram.hpp"

#include <map>
#include <string>
#include <vector>

namespace tandem::lab {

/// What a part used during the run, as its /metrics told before and after.
struct PartUsage {
    std::string name;
    double cpu_s = 0;
    double resident_mib = 0;
};

/// What one run of the load generator found.
struct Findings {
    double rate_per_s = 0;
    std::int64_t length_s = 0;
    std::uint64_t sent = 0;
    std::uint64_t accepted = 0;
    std::uint64_t confirmed = 0;
    std::map<std::string, std::uint64_t> errors; ///< by status or reason
    Histogram time_to_accepted;                  ///< from the scheduled time
    Histogram time_to_confirmed;                 ///< from the scheduled time
    Histogram accepted_to_confirmed;
    Histogram send_lag; ///< how late the generator itself sent: the honesty of the figures above
    std::vector<PartUsage> parts;
    double generator_cpu_s = 0;
};

std::string to_table(const Findings& findings);
std::string to_json(const Findings& findings);

} // namespace tandem::lab
