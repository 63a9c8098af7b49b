#include "monolith/infrastructure/postgres_dead_letters.hpp"

#include "libs/messaging/broker.hpp"

#include <algorithm>

namespace tandem::monolith {
namespace {

using postgres::Params;
using postgres::Query;

constexpr Query list_dead{
    "bus.list_dead",
    "SELECT d.queue, d.event_id::text, d.event_type, d.attempt, coalesce(d.error, ''), d.body"
    " FROM unnest($1::text[]) AS q (queue), LATERAL (SELECT * FROM deliveries"
    " WHERE queue = q.queue AND dead_at IS NOT NULL ORDER BY position LIMIT $2) d ORDER BY d.queue, "
    "d.position"};
constexpr Query replay_dead{
    "bus.replay_dead",
    "UPDATE deliveries SET dead_at = NULL, error = NULL, attempt = 1, due_at = now() WHERE position IN"
    " (SELECT position FROM deliveries WHERE queue = $1 AND dead_at IS NOT NULL"
    " ORDER BY position LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING position"};

std::vector<std::string> queue_names() {
    std::vector<std::string> names;
    std::ranges::transform(
        messaging::shop_topology(), std::back_inserter(names), &messaging::QueueTopology::name);
    return names;
}

} // namespace

bool PostgresDeadLetters::has_queue(const std::string& queue) const {
    const auto names = queue_names();
    return std::ranges::find(names, queue) != names.end();
}

Task<std::vector<order::DeadLetter>> PostgresDeadLetters::list(std::size_t max) {
    Params params(queue_names(), static_cast<std::int64_t>(max));
    const auto rows = co_await pool_.query(list_dead, std::move(params));
    std::vector<order::DeadLetter> letters;
    for (const postgres::Row row : rows) {
        letters.push_back({row.text(0),
                           row.text(1),
                           row.text(2),
                           static_cast<int>(row.integer(3)),
                           row.text(4),
                           row.text(5)});
    }
    co_return letters;
}

Task<std::size_t> PostgresDeadLetters::replay(std::string queue, std::size_t max) {
    std::vector<postgres::Statement> unit{{replay_dead, Params(queue, static_cast<std::int64_t>(max))}};
    const auto results = co_await pool_.execute(std::move(unit));
    stored_();
    co_return results.at(0).size();
}

} // namespace tandem::monolith
