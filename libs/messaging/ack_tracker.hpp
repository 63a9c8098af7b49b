#pragma once

#include <cstdint>
#include <set>
#include <vector>

namespace tandem::messaging {

/// One basic.ack. `multiple`: this tag and every earlier one.
struct Ack {
    std::uint64_t tag = 0;
    bool multiple = false;
    friend bool operator==(const Ack&, const Ack&) = default;
};

/// Finds the fewest acknowledgements for finished deliveries, when batches may finish out of order:
/// one `multiple` for all that lies below the oldest open delivery, single ones for the rest. One
/// tracker a connection: delivery tags begin anew with each.
class AckTracker {
public:
    void delivered(std::uint64_t tag) { open_.insert(tag); }
    std::vector<Ack> settle(const std::vector<std::uint64_t>& tags);
    std::size_t open() const { return open_.size(); }

private:
    std::set<std::uint64_t> open_;
};

} // namespace tandem::messaging
