#include "libs/messaging/ack_tracker.hpp"

#include <algorithm>
#include <limits>

namespace tandem::messaging {

std::vector<Ack> AckTracker::settle(const std::vector<std::uint64_t>& tags) {
    for (const std::uint64_t tag : tags) {
        open_.erase(tag);
    }
    const std::uint64_t oldest_open =
        open_.empty() ? std::numeric_limits<std::uint64_t>::max() : *open_.begin();
    std::uint64_t prefix_end = 0;
    std::vector<Ack> acks;
    for (const std::uint64_t tag : tags) {
        if (tag < oldest_open) {
            prefix_end = std::max(prefix_end, tag);
        } else {
            acks.push_back({tag, false});
        }
    }
    if (prefix_end != 0) {
        acks.insert(acks.begin(), {prefix_end, true});
    }
    return acks;
}

} // namespace tandem::messaging
