#include "lab/load_generator/schedule.hpp"

namespace tandem::lab {

std::uint64_t Schedule::requests() const {
    const auto seconds = static_cast<double>((warm_up_ + length_).count());
    return static_cast<std::uint64_t>(seconds * rate_per_s_);
}

Schedule::Clock::time_point Schedule::due(std::uint64_t request) const {
    const std::chrono::duration<double> offset(static_cast<double>(request) / rate_per_s_);
    return begin_ + std::chrono::duration_cast<Clock::duration>(offset);
}

bool Schedule::counts(std::uint64_t request) const {
    return due(request) >= begin_ + warm_up_;
}

} // namespace tandem::lab
