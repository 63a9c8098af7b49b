#pragma once

#include "libs/kernel/task.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace tandem::order {

/// An event that a consumer has given up: a person has to look.
struct DeadLetter {
    std::string queue; ///< the consumer's: "email_service_queue"
    std::string event_id;
    std::string event_type;
    int attempt = 0;
    std::string error; ///< why it was given up
    std::string body;  ///< the event as it came, whatever it is
};

/// What the consumers of the whole shop have given up. Calls throw Unavailable when that cannot be seen.
class DeadLetters {
public:
    virtual ~DeadLetters() = default;

    virtual bool has_queue(const std::string& queue) const = 0;
    /// At most `max` of each queue, each queue's oldest first.
    virtual Task<std::vector<DeadLetter>> list(std::size_t max) = 0;
    /// Hands at most `max` of them to their consumer again, oldest first, as a first attempt; gives their
    /// number.
    virtual Task<std::size_t> replay(std::string queue, std::size_t max) = 0;
};

} // namespace tandem::order
