#pragma once

#include "libs/messaging/event.hpp"
#include "services/product/core/stock_keeping.hpp"

#include <optional>

namespace tandem::product {

/// What an event of the product service's queue says.
struct ReadEvent {
    enum class Kind { notice, ignored, malformed };
    Kind kind = Kind::malformed;
    OrderNotice notice; ///< of Kind::notice
};

/// order.created, order.paid, order.failed and order.cancelled are notices, other types are
/// ignored. Malformed: not JSON, a field is missing or out of range, no UUID for an id.
ReadEvent read_order_event(const messaging::Delivery& delivery);

} // namespace tandem::product
