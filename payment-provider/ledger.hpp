#pragma once

#include "payment-provider/entry.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tandem::provider {

/// What happened to every card, in memory: about 250 bytes an entry, found by key, by order and by
/// sequence. Entries never change or move.
class Ledger {
public:
    /// At most `entries_max` entries: a full ledger takes no more.
    explicit Ledger(std::size_t entries_max) : entries_max_(entries_max) {}

    bool full() const { return entries_.size() >= entries_max_; }
    std::int64_t last_sequence() const { return static_cast<std::int64_t>(entries_.size()); }

    /// Gives the entry the next sequence. Not to be called when full.
    const Entry& add(Entry entry);

    const Entry* with_key(std::string_view key) const;
    /// A charge that succeeded, or null.
    const Entry* charge(std::int64_t sequence) const;
    /// Charges of an order that succeeded, oldest first.
    std::vector<const Entry*> charges_of(std::int64_t order_id) const;
    Money refunded(const Entry& charge) const;
    /// Up to `limit` entries after the sequence `after`, oldest first.
    std::vector<const Entry*> page(std::int64_t after, std::size_t limit) const;

private:
    struct Place {
        Entry entry;
        std::int64_t previous_of_order = 0;
        Money refunded;
    };
    const Place& at(std::int64_t sequence) const { return entries_[static_cast<std::size_t>(sequence - 1)]; }

    std::size_t entries_max_;
    std::deque<Place> entries_;
    std::unordered_map<std::string_view, std::int64_t> by_key_; // views of the entries' own keys
    std::unordered_map<std::int64_t, std::int64_t> last_of_order_;
};

} // namespace tandem::provider
