#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tandem {

/// An amount in the shop's one currency. Whole cents, so that sums are exact. On the wire it is a
/// decimal string with two digits ("1299.99"); floating point never touches it.
class Money {
public:
    /// Largest amount that text may carry: 99,999,999,999.99. A sum of a full order stays far
    /// below the range of 64 bits.
    static constexpr std::int64_t cents_max = 9'999'999'999'999;

    constexpr Money() = default;
    static constexpr Money from_cents(std::int64_t cents) { return Money(cents); }

    /// Reads "12", "12.3" or "12.34" with an optional leading '-'. Nothing for anything else:
    /// more than two decimals, exponents, spaces, or beyond `cents_max`.
    static std::optional<Money> parse(std::string_view text);

    constexpr std::int64_t cents() const { return cents_; }
    /// "1299.99"; always two decimals.
    std::string to_string() const;

    constexpr Money& operator+=(Money other) {
        cents_ += other.cents_;
        return *this;
    }
    friend constexpr Money operator+(Money left, Money right) { return left += right; }
    friend constexpr Money operator-(Money left, Money right) { return Money(left.cents_ - right.cents_); }
    friend constexpr Money operator*(Money amount, int times) { return Money(amount.cents_ * times); }
    friend constexpr auto operator<=>(Money, Money) = default;

private:
    explicit constexpr Money(std::int64_t cents) : cents_(cents) {}
    std::int64_t cents_ = 0;
};

} // namespace tandem
