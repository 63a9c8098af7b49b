#include "lab/simulation/world/story.hpp"

namespace tandem::simulation {

void Story::add(std::string_view who, std::string text) {
    const auto us = scheduler_.elapsed().count();
    lines_.push_back(
        fmt::format("{:>6}.{:06} s  {:<16} {}", us / 1'000'000, us % 1'000'000, who, std::move(text)));
}

} // namespace tandem::simulation
