#pragma once

#include <cstdint>

namespace tandem::product {

/// Where the units of one product are. What came in is what can be bought, plus what is held for
/// orders that are being paid, plus what is sold:
///
///     initial + restocked = available + reserved + sold
///
/// and no part is ever negative. `restocked` is the sum of an admin's later changes; it is
/// negative when more was taken away than added.
struct Stock {
    std::int64_t initial = 0;
    std::int64_t restocked = 0;
    std::int64_t available = 0;
    std::int64_t reserved = 0;
    std::int64_t sold = 0;

    static Stock of(std::int64_t units) { return {.initial = units, .available = units}; }

    /// False, and nothing changes, when fewer than `units` are available.
    [[nodiscard]] bool reserve(std::int64_t units);
    void sell(std::int64_t units);      ///< reserved -> sold
    void release(std::int64_t units);   ///< reserved -> available
    void take_back(std::int64_t units); ///< sold -> available

    bool balanced() const;
    friend bool operator==(const Stock&, const Stock&) = default;
};

} // namespace tandem::product
