#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace tandem::audit {

/// Where an order stands, as its row and its events say it.
enum class Status { pending, processing, paid, shipped, delivered, failed, cancelled };

std::string_view to_string(Status status);
std::optional<Status> parse_status(std::string_view word);

/// The transitions that the contract allows; written here once more, so that the auditor does not
/// believe the shop's own rule.
bool may_become(Status from, Status to);

/// Its money is kept and its goods are sold.
bool is_paid(Status status);
/// It has not ended.
bool is_open(Status status);

/// Both shops pay at one card network; the monolith numbers its orders from here on.
inline constexpr std::int64_t first_order_of_monolith = 1'000'000'001;

} // namespace tandem::audit
