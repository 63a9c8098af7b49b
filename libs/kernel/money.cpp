#include "libs/kernel/money.hpp"

#include <charconv>

namespace tandem {
namespace {

std::optional<std::int64_t> digits(std::string_view text) {
    std::int64_t value = 0;
    if (text.empty() || text.front() == '-') {
        return std::nullopt;
    }
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

} // namespace

std::optional<Money> Money::parse(std::string_view text) {
    const bool negative = text.starts_with('-');
    text.remove_prefix(negative ? 1 : 0);

    const auto point = text.find('.');
    const auto units = digits(text.substr(0, point));
    std::int64_t hundredths = 0;
    if (point != std::string_view::npos) {
        const std::string_view decimals = text.substr(point + 1);
        const auto read = decimals.size() <= 2 ? digits(decimals) : std::nullopt;
        if (!read) {
            return std::nullopt;
        }
        hundredths = decimals.size() == 1 ? *read * 10 : *read;
    }
    if (!units || *units > cents_max / 100) {
        return std::nullopt;
    }
    const std::int64_t cents = *units * 100 + hundredths;
    return Money(negative ? -cents : cents);
}

std::string Money::to_string() const {
    const std::int64_t size = cents_ < 0 ? -cents_ : cents_;
    std::string hundredths = std::to_string(size % 100);
    if (hundredths.size() == 1) {
        hundredths.insert(hundredths.begin(), '0');
    }
    return (cents_ < 0 ? "-" : "") + std::to_string(size / 100) + "." + hundredths;
}

} // namespace tandem
