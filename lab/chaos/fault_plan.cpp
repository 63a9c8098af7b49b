#include "lab/chaos/fault_plan.hpp"

#include "lab/chaos/dice.hpp"

#include <optional>

namespace tandem::lab {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds calm_before_first{3'000};

/// A kind of fault together with whom it may meet, and how long it takes.
struct Lot {
    FaultKind kind;
    std::vector<std::string> targets; ///< one empty name where it concerns all
    milliseconds length_least{0};
    milliseconds length_most{0};
    milliseconds work{0}; ///< what doing it takes, about
};

std::vector<std::string> joined(std::vector<std::string> all, const std::vector<std::string>& more) {
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

std::vector<Lot> lots_of(const Targets& targets) {
    using enum FaultKind;
    const auto frozen_least = milliseconds(1'500);
    const auto frozen_most = milliseconds(4'000);
    const std::vector<std::string> all{""};
    std::vector<Lot> lots{
        {.kind = kill, .targets = targets.applications, .work = milliseconds(1'000)},
        {.kind = kill, .targets = targets.stores, .work = milliseconds(2'000)},
        {freeze, joined(targets.applications, targets.others), frozen_least, frozen_most},
        {freeze, targets.stores, frozen_least, frozen_most},
        {.kind = restart, .targets = joined(targets.stores, targets.others), .work = milliseconds(3'000)},
        {.kind = rolling_restart, .targets = all, .work = milliseconds(8'000)},
        {.kind = power_cut, .targets = all, .work = milliseconds(10'000)},
        {provider_slow, all, milliseconds(2'000), milliseconds(5'000)},
        {provider_failing, all, milliseconds(2'000), milliseconds(5'000)},
        {provider_outage, all, milliseconds(2'000), milliseconds(5'000)},
        {.kind = poison, .targets = targets.queues},
    };
    std::erase_if(lots, [](const Lot& lot) { return lot.targets.empty(); });
    return lots;
}

/// Deals the numbers below `size` in random order, and again when all are dealt.
class Deck {
public:
    explicit Deck(std::size_t size) : size_(size) {}

    std::size_t deal(Dice& dice) {
        if (left_.empty()) {
            for (std::size_t i = 0; i < size_; ++i) {
                left_.push_back(i);
            }
        }
        const std::size_t at = dice.below(left_.size());
        const std::size_t dealt = left_[at];
        left_.erase(left_.begin() + static_cast<std::ptrdiff_t>(at));
        return dealt;
    }

private:
    std::size_t size_;
    std::vector<std::size_t> left_;
};

} // namespace

std::vector<Fault> plan_faults(std::uint64_t seed, milliseconds length, const Targets& targets) {
    const std::vector<Lot> lots = lots_of(targets);
    if (lots.empty()) {
        return {};
    }
    Dice dice(seed);
    Deck kinds(lots.size());
    std::vector<Deck> decks;
    for (const Lot& lot : lots) {
        decks.emplace_back(lot.targets.size());
    }
    std::vector<Fault> faults;
    for (milliseconds now = calm_before_first;;) {
        const std::size_t drawn = kinds.deal(dice);
        const Lot& lot = lots[drawn];
        Fault fault{.kind = lot.kind, .target = lot.targets[decks[drawn].deal(dice)], .begin = now};
        fault.length = dice.between(lot.length_least, lot.length_most);
        const milliseconds end = now + fault.length + lot.work;
        if (end > length) {
            return faults;
        }
        faults.push_back(std::move(fault));
        now = end + dice.between(milliseconds(2'000), milliseconds(4'000));
    }
}

} // namespace tandem::lab
