#pragma once

#include <cstdint>

namespace tandem::simulation {

/// Every choice of a run comes from here, so that its seed alone says what happens (SplitMix64: Steele, Lea,
/// Flood, "Fast Splittable Pseudorandom Number Generators").
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() {
        state_ += 0x9E3779B97F4A7C15U;
        std::uint64_t mixed = state_;
        mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
        return mixed ^ (mixed >> 31U);
    }
    /// Of [least, most].
    std::int64_t between(std::int64_t least, std::int64_t most) {
        const auto span = static_cast<std::uint64_t>(most - least) + 1;
        return least + static_cast<std::int64_t>(next() % span);
    }
    /// True `per_mille` times in a thousand.
    bool chance(std::int64_t per_mille) { return between(0, 999) < per_mille; }
    /// Of [0, 1).
    double fraction() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }

private:
    std::uint64_t state_;
};

} // namespace tandem::simulation
