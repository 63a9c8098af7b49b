#pragma once

#include "libs/messaging/broker.hpp"
#include "libs/postgres/pool.hpp"

#include <chrono>
#include <memory>

namespace tandem::messaging {

/// The transactional outbox (Richardson, "Microservices Patterns", section 3.3). A service's first
/// migration includes this table:
///
///     CREATE TABLE outbox (
///         position     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
///         event_id     uuid NOT NULL UNIQUE,
///         routing_key  text NOT NULL,
///         event_type   text NOT NULL,
///         body         text NOT NULL,
///         traceparent  text NOT NULL,
///         request_id   text NOT NULL,
///         created_at   timestamptz NOT NULL DEFAULT now());
///
/// The statement that stores events; run it in the transaction of the change that they announce.
postgres::Statement store_events(const std::vector<OutgoingEvent>& events);

/// What a relay reads and marks. The default names the table above; the order service, whose
/// order_events table is its outbox, brings its own.
struct OutboxQueries {
    /// No parameters but $1 = limit. Columns: position, event_id, routing_key, event_type, body,
    /// traceparent, request_id; oldest first.
    postgres::Query take;
    /// $1 = array of positions.
    postgres::Query mark;
    /// No parameters; one row: number of waiting events, age of the oldest in seconds.
    postgres::Query lag;
};
OutboxQueries outbox_table_queries();

/// Moves events from the outbox to the broker, up to 500 a pass: reads in order, publishes with
/// confirms, and only then marks them. One relay of all instances makes a pass at a time (an
/// advisory lock of the pass's own short transaction), so that events go out in the order in which
/// they were stored. Only an event that is not confirmed (no queue takes it, or a queue refuses it) is
/// overtaken, also by later ones of the same aggregate: it stays in the outbox and is tried again,
/// without holding up the others. Stopped between publish and mark, the relay publishes again: at
/// least once; the consumers' inbox removes duplicates, and consumers are ready for any order of
/// events (ARCHITECTURE.md, "Rules of the saga"). While the broker is away no transaction is open.
/// Metrics: tandem_outbox_waiting, tandem_outbox_age_seconds, tandem_outbox_published_total.
class OutboxRelay {
public:
    OutboxRelay(Executor executor,
                postgres::Pool& pool,
                Publisher& publisher,
                OutboxQueries queries = outbox_table_queries());
    ~OutboxRelay();

    void start();
    /// Call after a commit that stored events: publishes at once instead of at the next poll (100
    /// ms).
    void wake();
    /// Publishes what is there, at most until `deadline`, then stops; at once when the broker or the
    /// database is away: what is stored is not lost. Await before destruction.
    Task<> stop(postgres::Deadline deadline);

private:
    struct State;
    std::shared_ptr<State> state_;
};

} // namespace tandem::messaging
