#include "lab/chaos/effects.hpp"

#include <algorithm>

namespace tandem::lab {
namespace {

bool contains(const FaultRecord& fault, double moment_s) {
    return fault.begin_s <= moment_s && moment_s < fault.end_s;
}

void keep_least(std::optional<double>& least, double value) {
    least = least ? std::min(*least, value) : value;
}

void count_ambiguous(Totals& totals, const Visit& visit) {
    if (!visit.was_ambiguous) {
        return;
    }
    ++totals.ambiguous;
    totals.ambiguous_accepted += visit.last == Answer::accepted ? 1 : 0;
    totals.ambiguous_refused += visit.last == Answer::refused ? 1 : 0;
}

} // namespace

double Availability::share() const {
    return came == 0 ? 1 : static_cast<double>(answered) / static_cast<double>(came);
}

void Availability::count(const Visit& visit) {
    ++came;
    answered += visit.first == Answer::accepted || visit.first == Answer::refused ? 1 : 0;
}

FaultEffect effect_of(const FaultRecord& fault, const std::deque<Visit>& visits) {
    FaultEffect effect;
    for (const Visit& visit : visits) {
        if (contains(fault, visit.due_s)) {
            effect.during.count(visit);
        }
        if (visit.due_s < fault.healed_s || !visit.accepted_s) {
            continue;
        }
        keep_least(effect.recovery_accepted_s, *visit.accepted_s - fault.healed_s);
        if (visit.ended_s && visit.end == "paid") {
            keep_least(effect.recovery_paid_s, *visit.ended_s - fault.healed_s);
        }
    }
    return effect;
}

Availability outside_of(const std::vector<FaultRecord>& faults, const std::deque<Visit>& visits) {
    Availability outside;
    for (const Visit& visit : visits) {
        if (std::ranges::none_of(faults, [&](const auto& fault) { return contains(fault, visit.due_s); })) {
            outside.count(visit);
        }
    }
    return outside;
}

Totals totals_of(const std::deque<Visit>& visits) {
    Totals totals;
    for (const Visit& visit : visits) {
        ++totals.came;
        count_ambiguous(totals, visit);
        if (visit.last == Answer::refused) {
            ++totals.rejected[visit.reason];
        } else if (visit.last != Answer::accepted) {
            ++totals.unknown;
        } else {
            ++totals.accepted;
            if (visit.end == "paid" || visit.end == "cancelled") {
                ++totals.confirmed;
            } else if (visit.end.empty()) {
                ++totals.open;
            } else {
                ++totals.rejected[visit.end];
            }
        }
    }
    return totals;
}

} // namespace tandem::lab
