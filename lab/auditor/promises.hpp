#pragma once

#include "libs/kernel/money.hpp"

#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tandem::audit {

/// A checkout that the shop answered with success, as the client that asked noted it: 48 bytes.
struct Promise {
    std::int64_t order_id = 0;
    std::uint64_t key = 0; ///< print of user and idempotency key; 0 when it had none
    std::optional<std::int64_t> user_id;
    std::optional<Money> total;
};

/// The print of a key, by which two are compared: 64 bits, so that of a million keys two are taken for
/// one in one case of thirty million.
std::uint64_t print_of_key(std::int64_t user, std::string_view key);

/// Two orders that were the answers to one key.
struct BrokenKey {
    std::int64_t first = 0;
    std::int64_t second = 0;
};

struct Promises {
    std::vector<Promise> all; ///< by ascending order
    std::vector<BrokenKey> broken_keys;
};

/// Reads JSON lines: {"order_id", "user_id"?, "idempotency_key"?, "total_amount"?}; other members and
/// empty lines are passed over. Throws Unreadable, naming the line.
Promises read_promises(std::istream& lines);
Promises read_promises_file(const std::string& file);

} // namespace tandem::audit
