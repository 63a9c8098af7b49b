#pragma once

#include "lab/load_generator/report.hpp"
#include "libs/http/client.hpp"

#include <string>
#include <vector>

namespace tandem::lab {

/// A program of the shop whose /metrics the generator reads before and after the run.
struct Part {
    std::string name;
    http::Endpoint endpoint;

    /// "order-service=http://127.0.0.1:8001"
    static Result<Part> parse(std::string_view text);
};

/// process_cpu_seconds_total and process_resident_memory_bytes of each part, now; a part that does not
/// answer is left out.
Task<std::vector<PartUsage>> usage_now(http::Client& client, std::vector<Part> parts);

/// What was used between two readings; memory as it is at the end.
std::vector<PartUsage> used_between(const std::vector<PartUsage>& before,
                                    const std::vector<PartUsage>& after);

} // namespace tandem::lab
