#pragma once

#include "libs/postgres/pool.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace tandem::messaging {

/// The inbox (idempotent consumer). A service that consumes includes this table:
///
///     CREATE TABLE inbox (
///         event_id    uuid PRIMARY KEY,
///         received_at timestamptz NOT NULL DEFAULT now());
///     CREATE INDEX inbox_by_age ON inbox (received_at);
///
/// First statement of the transaction that handles a batch: stores the ids and returns (column 0,
/// text) those that were not there before, each once. Skip the others: they were handled.
postgres::Statement remember_events(const std::vector<std::string>& event_ids);

/// How long an inbox remembers. An event that was handled comes again within minutes, after a lost
/// acknowledgement or a relay that died before it could mark the event: a week is far beyond.
struct InboxUpkeep {
    std::chrono::seconds retention = std::chrono::days(7);
    std::int64_t bite_rows_max = 1'000;
    std::chrono::milliseconds pause = std::chrono::hours(1);
};

/// Deletes the oldest ids beyond the retention, `bite_rows_max` at most.
postgres::Statement forget_old_events(const InboxUpkeep& upkeep);

/// Keeps the inbox to its retention until it is cancelled, as postgres::keep_forgetting does. Start it
/// once the table is there.
Task<> keep_inbox_small(postgres::Pool& pool, InboxUpkeep upkeep = {});

} // namespace tandem::messaging
