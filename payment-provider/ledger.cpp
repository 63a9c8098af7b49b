#include "payment-provider/ledger.hpp"

#include <algorithm>
#include <cassert>

namespace tandem::provider {

const Entry& Ledger::add(Entry entry) {
    assert(!full());
    entry.sequence = last_sequence() + 1;
    std::int64_t& last = last_of_order_[entry.order_id];
    Place& place = entries_.emplace_back(Place{std::move(entry), last, Money()});
    last = place.entry.sequence;
    by_key_.emplace(place.entry.idempotency_key, place.entry.sequence);
    if (place.entry.kind == Kind::refund) {
        entries_[static_cast<std::size_t>(place.entry.charge - 1)].refunded += place.entry.amount;
    }
    return place.entry;
}

const Entry* Ledger::with_key(std::string_view key) const {
    const auto found = by_key_.find(key);
    return found == by_key_.end() ? nullptr : &at(found->second).entry;
}

const Entry* Ledger::charge(std::int64_t sequence) const {
    if (sequence < 1 || sequence > last_sequence()) {
        return nullptr;
    }
    const Entry& entry = at(sequence).entry;
    return entry.kind == Kind::charge && entry.status == Status::succeeded ? &entry : nullptr;
}

std::vector<const Entry*> Ledger::charges_of(std::int64_t order_id) const {
    std::vector<const Entry*> charges;
    const auto last = last_of_order_.find(order_id);
    for (std::int64_t i = last == last_of_order_.end() ? 0 : last->second; i > 0;
         i = at(i).previous_of_order) {
        if (const Entry* found = charge(i)) {
            charges.push_back(found);
        }
    }
    std::ranges::reverse(charges);
    return charges;
}

Money Ledger::refunded(const Entry& charge) const {
    return at(charge.sequence).refunded;
}

std::vector<const Entry*> Ledger::page(std::int64_t after, std::size_t limit) const {
    std::vector<const Entry*> entries;
    for (std::int64_t i = std::max<std::int64_t>(after, 0) + 1;
         i <= last_sequence() && entries.size() < limit;
         ++i) {
        entries.push_back(&at(i).entry);
    }
    return entries;
}

} // namespace tandem::provider
