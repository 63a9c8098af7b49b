#pragma once

#include "services/order/domain/order.hpp"

#include <optional>
#include <string>

namespace tandem::order {

/// What the customer is told in the shop when `event` has happened to an order that is now `after`:
/// one sentence, or nothing when the event does not concern the customer.
std::optional<std::string> notice_for(const OrderEvent& event, const OrderState& after);

} // namespace tandem::order
