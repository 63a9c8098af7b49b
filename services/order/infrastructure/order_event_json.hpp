#pragma once

#include "libs/messaging/event.hpp"
#include "services/order/core/held_orders.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tandem::order {

/// An event as it is stored. `routing_key` is empty for what only this service's history knows.
struct StoredEvent {
    messaging::OutgoingEvent message;
    std::optional<std::string> routing_key;
};

/// The wire form (ARCHITECTURE.md, "Events"); the order's fields come from what it is afterwards.
StoredEvent write_event(const Change& change, Timestamp now);

/// The event's type without building it: "order.created".
std::string_view type_of(const OrderEvent& event);

/// Reads back what `write_event` wrote. std::logic_error when it did not.
OrderEvent read_event(std::string_view type, std::string_view body);

} // namespace tandem::order
