#include "lab/compare/outage.hpp"

#include <algorithm>

namespace tandem::lab {
namespace {

void count(Arrivals& arrivals, const Visit& visit) {
    ++arrivals.came;
    arrivals.accepted += visit.accepted_s ? 1 : 0;
    arrivals.confirmed += visit.confirmed_s ? 1 : 0;
}

double share_of(std::uint64_t part, std::uint64_t whole) {
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

bool waits_at(double moment_s, const Visit& visit) {
    return visit.accepted_s && *visit.accepted_s < moment_s &&
           (!visit.confirmed_s || *visit.confirmed_s > moment_s);
}

} // namespace

double Arrivals::accepted_share() const {
    return share_of(accepted, came);
}

double Arrivals::confirmed_share() const {
    return share_of(confirmed, came);
}

OutageEffect effect_of(const OutageWindow& outage, const std::vector<Visit>& visits) {
    OutageEffect effect;
    double last_s = outage.end_s;
    for (const Visit& visit : visits) {
        count(visit.due_s < outage.begin_s ? effect.before
              : visit.due_s < outage.end_s ? effect.during
                                           : effect.after,
              visit);
        if (waits_at(outage.end_s, visit)) {
            ++effect.waiting;
            effect.never_confirmed += visit.confirmed_s ? 0 : 1;
            last_s = std::max(last_s, visit.confirmed_s.value_or(0));
        }
    }
    if (effect.waiting > 0 && effect.never_confirmed == 0) {
        effect.recovery_s = last_s - outage.end_s;
    }
    return effect;
}

} // namespace tandem::lab
