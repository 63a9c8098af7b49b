#pragma once

#include "libs/kernel/money.hpp"
#include "libs/kernel/result.hpp"
#include "libs/kernel/time.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tandem::provider {

enum class Kind { charge, refund };
enum class Status { succeeded, declined };
BOOST_DESCRIBE_ENUM(Kind, charge, refund)
BOOST_DESCRIBE_ENUM(Status, succeeded, declined)

/// One thing that happened to a card, once and for ever. `sequence` counts from 1 without gaps.
struct Entry {
    std::int64_t sequence = 0;
    Kind kind = Kind::charge;
    Status status = Status::succeeded;
    std::int64_t order_id = 0;
    std::int64_t charge = 0; ///< of a refund: the charge's sequence
    Money amount;
    std::string payment_method;
    std::string idempotency_key;
    std::uint64_t fingerprint = 0; ///< of the request, to tell a repeated key from a reused one
    Timestamp created_at;

    std::string id() const;        ///< "ch_7", "re_8"
    std::string charge_id() const; ///< its own id, or that of the charge it refunds
};

/// The last two digits of an amount, by which a test chooses what happens.
constexpr std::int64_t cents_of(Money amount) {
    return amount.cents() % 100;
}

/// The sequence in "ch_7".
std::optional<std::int64_t> parse_charge_id(std::string_view id);

/// One line of the ledger's file and one element of GET /v1/ledger.
std::string to_json(const Entry& entry);
Result<Entry> parse_entry(std::string_view line);

/// 64-bit FNV-1a: stable between builds, unlike std::hash.
std::uint64_t fingerprint(std::string_view text);

} // namespace tandem::provider
