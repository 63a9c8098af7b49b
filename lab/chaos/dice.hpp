#pragma once

#include <chrono>
#include <cstdint>
#include <random>

namespace tandem::lab {

/// Numbers that a seed decides. The engine is the same everywhere by the standard; its distributions are not,
/// so that they are made here. The bias of the remainder does not matter for what is drawn.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : engine_(seed) {}

    /// `sides` is at least 1.
    std::uint64_t below(std::uint64_t sides) { return engine_() % sides; }
    std::chrono::milliseconds between(std::chrono::milliseconds least, std::chrono::milliseconds most) {
        const auto span = static_cast<std::uint64_t>((most - least).count());
        return least + std::chrono::milliseconds(below(span + 1));
    }

private:
    std::mt19937_64 engine_;
};

} // namespace tandem::lab
