#pragma once

#include "libs/messaging/broker.hpp"

#include <string>
#include <vector>

namespace tandem::messaging {

/// A look at one message of a dead-letter queue.
struct DeadLetter {
    Delivery delivery;
    std::string error; ///< why it was given up
};

/// Blocking; for commands and admin pages, never for an event loop's thread. Each call connects for
/// itself; they throw Unavailable when the broker does not answer or refuses (no such queue).
/// `options.url` names the broker, `queue` is the consumer's queue ("email_service_queue").

/// At most `max` messages of `<queue>.dlq`, oldest first. They stay there, marked as redelivered; when this
/// returns they can be taken again (unless somebody did so meanwhile: then it waits for a few seconds).
std::vector<DeadLetter>
list_dead_letters(const BrokerOptions& options, const std::string& queue, std::size_t max);

/// Moves at most `max` messages, oldest first, from `<queue>.dlq` back to `<queue>`, as a first attempt;
/// gives their number. Each is confirmed in `<queue>` before it leaves the dead-letter queue:
/// interrupted, one may be in both, none is lost.
std::size_t replay_dead_letters(const BrokerOptions& options, const std::string& queue, std::size_t max);

} // namespace tandem::messaging
