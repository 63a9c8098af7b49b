#pragma once

#include "libs/messaging/event.hpp"
#include "services/order/core/saga.hpp"

#include <optional>

namespace tandem::order {

/// What a message of order_updates_queue means here.
struct ReadMessage {
    enum class Kind {
        fact,      ///< something about an order
        ignored,   ///< nothing that an order waits for: an event that is not known, a welcome mail
        malformed, ///< it can never be understood
    };
    Kind kind = Kind::ignored;
    std::optional<Fact> fact;
};

ReadMessage read_message(const messaging::Delivery& delivery);

} // namespace tandem::order
