#include "lab/auditor/findings.hpp"

#include <utility>

namespace tandem::audit {
namespace {

bool counts_in(Needs needs, Calm calm) {
    switch (needs) {
    case Needs::nothing:
        return true;
    case Needs::rest:
        return calm == Calm::at_rest;
    case Needs::patience:
        return calm == Calm::stuck;
    }
    std::unreachable();
}

constexpr std::array all_needs{Needs::nothing, Needs::rest, Needs::patience};

} // namespace

std::string_view title_of(Law law) {
    switch (law) {
    case Law::orders:
        return "every accepted checkout has one order, which ends";
    case Law::money:
        return "what the provider kept is what is paid, once";
    case Law::stock:
        return "stock adds up and matches the orders";
    case Law::mail:
        return "customers have their mails";
    case Law::rest:
        return "nothing waits, nothing was given up";
    case Law::history:
        return "orders are the replay of their events";
    case Law::company:
        return "payments, notices and carts agree";
    }
    std::unreachable();
}

void Findings::violate(Violation violation) {
    Pile& pile = at(violation.law).piles[static_cast<std::size_t>(violation.needs)];
    ++pile.found;
    if (pile.kept.size() < kept_max_) {
        pile.kept.push_back(std::move(violation));
    }
}

void Findings::count(Law law, std::string_view what, std::int64_t times) {
    auto& counts = at(law).counts;
    const auto found = counts.find(what);
    if (found == counts.end()) {
        counts.emplace(what, times);
    } else {
        found->second += times;
    }
}

void Findings::note(Law law, std::string sentence) {
    at(law).notes.push_back(std::move(sentence));
}

std::int64_t Findings::violations(Law law, Calm calm) const {
    std::int64_t sum = 0;
    for (const Needs needs : all_needs) {
        sum += counts_in(needs, calm) ? at(law).piles[static_cast<std::size_t>(needs)].found : 0;
    }
    return sum;
}

std::vector<const Violation*> Findings::kept(Law law, Calm calm) const {
    std::vector<const Violation*> all;
    for (const Needs needs : all_needs) {
        if (!counts_in(needs, calm)) {
            continue;
        }
        for (const Violation& violation : at(law).piles[static_cast<std::size_t>(needs)].kept) {
            all.push_back(&violation);
        }
    }
    return all;
}

const std::map<std::string, std::int64_t, std::less<>>& Findings::counts(Law law) const {
    return at(law).counts;
}

const std::vector<std::string>& Findings::notes(Law law) const {
    return at(law).notes;
}

} // namespace tandem::audit
