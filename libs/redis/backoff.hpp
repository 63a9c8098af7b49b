#pragma once

#include <algorithm>
#include <chrono>

namespace tandem::redis {

/// The pause after `failures` attempts in a row to connect: doubling from 50 ms to 2 s, of which a
/// random part, up to half, is left out, so that processes that lost the same server do not all
/// come back in the same moment. `random` is from 0 to 1.
inline std::chrono::milliseconds pause_after(int failures, double random) {
    constexpr std::chrono::duration<double, std::milli> shortest{50};
    constexpr int doublings_max = 6;
    constexpr std::chrono::duration<double, std::milli> longest{2'000};
    const int doublings = std::clamp(failures - 1, 0, doublings_max);
    const auto whole =
        std::min(shortest * static_cast<double>(1U << static_cast<unsigned>(doublings)), longest);
    return std::chrono::round<std::chrono::milliseconds>(whole * (1 - random / 2));
}

} // namespace tandem::redis
