#pragma once

#include "libs/messaging/judge.hpp"

#include <string>
#include <string_view>

namespace tandem::messaging {

std::string retry_queue_name(const QueueTopology& queue, std::size_t step); ///< step counts from 1
std::string dead_letter_queue_name(std::string_view queue);

/// Where a delivery goes that was not done: to the next retry queue as its next attempt, or to the
/// dead-letter queue as it is, when it can never succeed or this was its last attempt.
QueueMessage moved(const QueueTopology& queue, Delivery delivery, const Judgement& judgement);

} // namespace tandem::messaging
