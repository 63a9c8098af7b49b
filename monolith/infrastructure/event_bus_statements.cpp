#include "monolith/infrastructure/event_bus_statements.hpp"

namespace tandem::monolith {
namespace {

using postgres::Params;
using postgres::Query;
using postgres::Statement;

#define TANDEM_MOVE_EVENTS                                                                                   \
    " RETURNING position, event_id, routing_key, event_type, body, traceparent, request_id),"                \
    " moved AS (INSERT INTO deliveries (queue, event_id, routing_key, event_type, body, traceparent,"        \
    " request_id)"                                                                                           \
    " SELECT b.queue, t.event_id, t.routing_key, t.event_type, t.body, t.traceparent, t.request_id"          \
    " FROM taken t JOIN unnest($1::text[], $2::text[]) AS b (routing_key, queue)"                            \
    " ON b.routing_key = t.routing_key"                                                                      \
    " WHERE b.queue <> 'order_updates_queue' OR EXISTS (SELECT FROM orders.orders o"                         \
    " WHERE o.id = (t.body::jsonb->>'order_id')::bigint)"                                                    \
    " ORDER BY t.position)"                                                                                  \
    " SELECT count(*) FROM taken"

#define TANDEM_TAKE_OUTBOX(outbox)                                                                           \
    "WITH taken AS (DELETE FROM " outbox " WHERE position IN (SELECT position FROM " outbox                  \
    " ORDER BY position LIMIT 500 FOR UPDATE SKIP LOCKED)" TANDEM_MOVE_EVENTS

constexpr Query take_deliveries_query{
    "bus.take",
    "UPDATE deliveries SET due_at = now() + interval '1 minute' WHERE position IN"
    " (SELECT position FROM deliveries WHERE queue = $1 AND dead_at IS NULL AND due_at <= now()"
    " ORDER BY position LIMIT $2 FOR UPDATE SKIP LOCKED)"
    " RETURNING position, event_id::text, event_type, routing_key, body, traceparent, request_id, attempt"};
constexpr Query keep_in_hand_query{
    "bus.keep",
    "UPDATE deliveries SET due_at = now() + interval '1 minute' WHERE position = ANY($1::bigint[])"};
constexpr Query delete_done{"bus.done", "DELETE FROM deliveries WHERE position = ANY($1::bigint[])"};
constexpr Query postpone{
    "bus.later",
    "UPDATE deliveries d SET due_at = now() + interval '1 s' * power(4, d.attempt - 1),"
    " attempt = d.attempt + 1, error = f.reason"
    " FROM unnest($1::bigint[], $2::text[]) AS f (position, reason) WHERE d.position = f.position"};
constexpr Query bury{
    "bus.dead",
    "UPDATE deliveries d SET dead_at = now(), error = f.reason"
    " FROM unnest($1::bigint[], $2::text[]) AS f (position, reason) WHERE d.position = f.position"};

} // namespace

const std::vector<Query>& take_from_outboxes() {
    static const std::vector<Query> queries{
        {"bus.take_users", TANDEM_TAKE_OUTBOX("users.outbox")},
        {"bus.take_catalog", TANDEM_TAKE_OUTBOX("catalog.outbox")},
        {"bus.take_payments", TANDEM_TAKE_OUTBOX("payments.outbox")},
        {"bus.take_mails", TANDEM_TAKE_OUTBOX("public.outbox")},
        {"bus.take_orders",
         "WITH taken AS (UPDATE orders.order_events SET published_at = now() WHERE position IN"
         " (SELECT position FROM orders.order_events WHERE routing_key IS NOT NULL AND published_at IS NULL"
         " ORDER BY position LIMIT 500 FOR UPDATE SKIP LOCKED)" TANDEM_MOVE_EVENTS},
    };
    return queries;
}

Statement take_deliveries(const std::string& queue, std::size_t max) {
    return {take_deliveries_query, Params(queue, static_cast<std::int64_t>(max))};
}

Statement keep_in_hand(const std::vector<std::int64_t>& positions) {
    return {keep_in_hand_query, Params(positions)};
}

std::vector<Statement> settle_deliveries(const Settlement& settlement) {
    std::vector<Statement> statements;
    if (!settlement.done.empty()) {
        statements.push_back({delete_done, Params(settlement.done)});
    }
    if (!settlement.later.positions.empty()) {
        statements.push_back({postpone, Params(settlement.later.positions, settlement.later.reasons)});
    }
    if (!settlement.dead.positions.empty()) {
        statements.push_back({bury, Params(settlement.dead.positions, settlement.dead.reasons)});
    }
    return statements;
}

} // namespace tandem::monolith
