#include "lab/simulation/world/faults.hpp"

#include <utility>

namespace tandem::simulation {
namespace {

constexpr std::array<std::string_view, fault_count> names{"crash",
                                                          "store refused",
                                                          "store answer lost",
                                                          "store slow",
                                                          "statement failed",
                                                          "message late",
                                                          "reordered",
                                                          "publish lost",
                                                          "confirm lost",
                                                          "connection lost",
                                                          "request lost",
                                                          "answer lost",
                                                          "call slow",
                                                          "provider slow",
                                                          "provider refused",
                                                          "provider's answer lost",
                                                          "mail server away",
                                                          "mail refused",
                                                          "mail server's answer lost"};

/// A crash ends all that a process has under way, so it must be rarer than the others to let anything happen.
constexpr std::array<std::int64_t, 4> crash_per_mille{1, 3, 8, 20};
/// There are more calls of stores than of all else.
constexpr std::array<std::int64_t, 4> store_per_mille{2, 8, 30, 100};
constexpr std::array<std::int64_t, 4> others_per_mille{5, 20, 80, 250};

const std::array<std::int64_t, 4>& frequencies(Fault fault) {
    switch (fault) {
    case Fault::crash:
        return crash_per_mille;
    case Fault::store_refused:
    case Fault::store_answer_lost:
    case Fault::store_slow:
    case Fault::statement_failed:
        return store_per_mille;
    default:
        return others_per_mille;
    }
}

} // namespace

std::string_view to_string(Fault fault) {
    return names.at(static_cast<std::size_t>(fault));
}

Faults::Faults(Dice& dice, const Scheduler& scheduler) : dice_(dice), scheduler_(scheduler) {
    const bool calm = dice.chance(100);
    const bool stormy = dice.chance(50);
    for (std::size_t i = 0; i < fault_count; ++i) {
        const bool chosen = dice.chance(350) || stormy;
        const auto rate = static_cast<std::size_t>(dice.between(0, 3));
        if (chosen && !calm) {
            per_mille_.at(i) = frequencies(static_cast<Fault>(i)).at(rate);
        }
    }
    end_ = std::chrono::milliseconds(dice.between(200, dice.chance(500) ? 5'000 : 40'000));
}

bool Faults::strikes(Fault fault) {
    const auto index = static_cast<std::size_t>(fault);
    if (per_mille_.at(index) == 0 || scheduler_.elapsed() >= end_ || !dice_.chance(per_mille_.at(index))) {
        return false;
    }
    ++counts_.at(index);
    return true;
}

} // namespace tandem::simulation
