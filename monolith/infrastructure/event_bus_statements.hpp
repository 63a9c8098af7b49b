#pragma once

#include "libs/postgres/pool.hpp"

#include <cstdint>
#include <string>
#include <vector>

/// The SQL of the event bus.
namespace tandem::monolith {

/// Attempts of one delivery before it is given up.
inline constexpr int attempts_max = 5;

/// One query an outbox: moves up to 500 of its events into `deliveries` and gives their number.
/// $1, $2: routing keys and the queues that they lead to. News about an order that was never kept
/// (a charge was paid back after its checkout failed) concern no order and are dropped.
const std::vector<postgres::Query>& take_from_outboxes();

/// Columns position, event_id, event_type, routing_key, body, traceparent, request_id, attempt.
postgres::Statement take_deliveries(const std::string& queue, std::size_t max);
/// Nobody else takes them for another minute.
postgres::Statement keep_in_hand(const std::vector<std::int64_t>& positions);

struct FailedDeliveries {
    std::vector<std::int64_t> positions;
    std::vector<std::string> reasons; ///< one for each
};
struct Settlement {
    std::vector<std::int64_t> done;
    FailedDeliveries later;
    FailedDeliveries dead;
};
std::vector<postgres::Statement> settle_deliveries(const Settlement& settlement);

} // namespace tandem::monolith
