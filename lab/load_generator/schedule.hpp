#pragma once

#include <chrono>
#include <cstdint>

namespace tandem::lab {

/// An open-loop schedule: request i is due at begin + i / rate, whatever the server does, and its
/// latency is counted from then. A server that stalls is thus charged for the requests that had to wait
/// ("coordinated omission", Gil Tene).
class Schedule {
public:
    using Clock = std::chrono::steady_clock;

    Schedule(Clock::time_point begin,
             double rate_per_s,
             std::chrono::seconds warm_up,
             std::chrono::seconds length)
        : begin_(begin), rate_per_s_(rate_per_s), warm_up_(warm_up), length_(length) {}

    std::uint64_t requests() const;
    Clock::time_point due(std::uint64_t request) const;
    /// Requests of the warm-up are sent but not counted.
    bool counts(std::uint64_t request) const;
    std::chrono::seconds length() const { return length_; }

private:
    Clock::time_point begin_;
    double rate_per_s_;
    std::chrono::seconds warm_up_;
    std::chrono::seconds length_;
};

} // namespace tandem::lab
