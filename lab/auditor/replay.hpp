#pragma once

#include "lab/auditor/records.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tandem::audit {

/// What an order must be, by its events alone.
struct Replayed {
    OrderRow order;
    Status status = Status::pending;
    std::vector<ItemRow> items;
};

/// What became of a replay: the order, or why its events cannot be its history.
struct Replay {
    std::optional<Replayed> order;
    std::string objection; ///< "version 4: an order that is failed cannot become paid"
};

/// Replays the events of one order, which come in the order of their versions and must begin with
/// order.created, without gaps, and only with transitions that there are.
Replay replay(const std::vector<EventRow>& events);

/// Where the stored order departs from its replay, field by field: "status is paid, its events say failed".
std::vector<std::string>
departures(const OrderRow& stored, const std::vector<ItemRow>& items, const Replayed& replayed);

} // namespace tandem::audit
