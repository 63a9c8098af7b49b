#include "libs/messaging/inbox.hpp"

#include "libs/postgres/forgetting.hpp"

namespace tandem::messaging {
namespace {

// Sorted, so that two batches with the same events cannot wait for each other.
constexpr postgres::Query insert_ids{"inbox.remember",
                                     "INSERT INTO inbox (event_id)"
                                     " SELECT DISTINCT id FROM unnest($1::uuid[]) AS id ORDER BY id"
                                     " ON CONFLICT (event_id) DO NOTHING RETURNING event_id::text"};

// An array, since a join with the rows to delete may read the whole table.
constexpr postgres::Query delete_old_ids{
    "inbox.forget",
    "DELETE FROM inbox WHERE event_id = ANY (ARRAY("
    "SELECT event_id FROM inbox WHERE received_at < now() - $1::bigint * interval '1 second'"
    " ORDER BY received_at LIMIT $2::bigint FOR UPDATE SKIP LOCKED))"};

} // namespace

postgres::Statement remember_events(const std::vector<std::string>& event_ids) {
    return {insert_ids, postgres::Params(event_ids)};
}

postgres::Statement forget_old_events(const InboxUpkeep& upkeep) {
    return {delete_old_ids, postgres::Params(upkeep.retention.count(), upkeep.bite_rows_max)};
}

Task<> keep_inbox_small(postgres::Pool& pool, InboxUpkeep upkeep) {
    return postgres::keep_forgetting(pool,
                                     {.what = "inbox",
                                      .bite = forget_old_events(upkeep),
                                      .bite_rows_max = upkeep.bite_rows_max,
                                      .pause = upkeep.pause});
}

} // namespace tandem::messaging
