#include "libs/messaging/outbox.hpp"

namespace tandem::messaging {
namespace {

// The order of positions is the order of the events, so ORDER BY also where unnest keeps it anyway.
constexpr postgres::Query insert_events{
    "outbox.store",
    "INSERT INTO outbox (event_id, routing_key, event_type, body, traceparent, request_id)"
    " SELECT event_id, routing_key, event_type, body, traceparent, request_id"
    " FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) WITH ORDINALITY"
    " AS event(event_id, routing_key, event_type, body, traceparent, request_id, number)"
    " ORDER BY number"};

constexpr postgres::Query take_events{
    "outbox.take",
    "SELECT position, event_id::text, routing_key, event_type, body, traceparent, request_id"
    " FROM outbox ORDER BY position LIMIT $1::bigint"};

constexpr postgres::Query mark_events{"outbox.mark", "DELETE FROM outbox WHERE position = ANY($1::bigint[])"};

constexpr postgres::Query measure_lag{
    "outbox.lag",
    "SELECT count(*)::bigint, coalesce(extract(epoch FROM now() - min(created_at)), 0)::double precision"
    " FROM outbox"};

} // namespace

postgres::Statement store_events(const std::vector<OutgoingEvent>& events) {
    std::vector<std::string> ids;
    std::vector<std::string> routing_keys;
    std::vector<std::string> types;
    std::vector<std::string> bodies;
    std::vector<std::string> traceparents;
    std::vector<std::string> request_ids;
    for (const OutgoingEvent& event : events) {
        ids.push_back(event.event_id);
        routing_keys.push_back(event.routing_key);
        types.push_back(event.event_type);
        bodies.push_back(event.body);
        traceparents.push_back(event.context.traceparent);
        request_ids.push_back(event.context.request_id);
    }
    return {insert_events, postgres::Params(ids, routing_keys, types, bodies, traceparents, request_ids)};
}

OutboxQueries outbox_table_queries() {
    return {take_events, mark_events, measure_lag};
}

} // namespace tandem::messaging
