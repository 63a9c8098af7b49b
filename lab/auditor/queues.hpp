#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tandem::audit {

/// Something that holds work: an outbox, a queue, a table of payments that are due.
struct Backlog {
    std::string name;
    std::int64_t waiting = 0;
    std::string oldest; ///< since when, where that is known
};

/// The shop's queues, by what it means that they hold messages.
struct Queues {
    std::vector<Backlog> waiting; ///< queues and their retry queues: on its way
    std::vector<Backlog> dead;    ///< dead-letter queues: given up
};

/// Sorts the answer of RabbitMQ's GET /api/queues; queues of others ("test-listener-...") are left out.
/// Throws Unreadable when it makes no sense or names no queue of the shop.
Queues parse_queues(std::string_view json);

/// The management API's figures are up to five seconds old.
Queues read_queues(const std::string& broker_url);

} // namespace tandem::audit
