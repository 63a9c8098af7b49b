#pragma once

#include "libs/postgres/pool.hpp"

#include <chrono>
#include <string>

namespace tandem::postgres {

/// Rows that grow too old to matter, and how they are deleted: in bites, since one DELETE of all of
/// them could take longer than a statement may, and then none would ever go.
struct Forgetting {
    std::string what; ///< for the log: "inbox"
    /// Deletes up to `bite_rows_max` rows that are too old. Let it find them by an index, skip those
    /// that are locked (another instance is at it) and touch no others.
    Statement bite;
    std::int64_t bite_rows_max = 1'000;
    std::chrono::milliseconds pause = std::chrono::hours(1); ///< between two rounds
};

/// Deletes what is too old, at once and then after each pause, until it is cancelled. Each bite is a
/// transaction on a connection of its own, so that no caller's commit waits for it. A bite
/// that fails is logged, and the work goes on after a second, twice as much after each failure, up to
/// the pause.
Task<> keep_forgetting(Pool& pool, Forgetting forgetting);

} // namespace tandem::postgres
