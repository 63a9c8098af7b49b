#include "libs/auth/base64url.hpp"

#include <array>
#include <cstdint>

namespace tandem::auth {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::uint8_t no_digit = 0xFF;

constexpr std::array<std::uint8_t, 256> digits = [] {
    std::array<std::uint8_t, 256> table{};
    table.fill(no_digit);
    for (std::size_t i = 0; i < alphabet.size(); ++i) {
        table.at(static_cast<unsigned char>(alphabet[i])) = static_cast<std::uint8_t>(i);
    }
    return table;
}();

} // namespace

std::string base64url_encode(std::string_view bytes) {
    std::string text;
    text.reserve((bytes.size() * 4 + 2) / 3);
    std::uint32_t bits = 0;
    unsigned held = 0;
    for (const char byte : bytes) {
        bits = (bits << 8U) | static_cast<unsigned char>(byte);
        for (held += 8; held >= 6; held -= 6) {
            text += alphabet[(bits >> (held - 6)) & 0x3FU];
        }
    }
    if (held > 0) {
        text += alphabet[(bits << (6 - held)) & 0x3FU];
    }
    return text;
}

std::optional<std::string> base64url_decode(std::string_view text) {
    std::string bytes;
    bytes.reserve(text.size() * 3 / 4);
    std::uint32_t bits = 0;
    unsigned held = 0;
    for (const char character : text) {
        const std::uint8_t digit = digits.at(static_cast<unsigned char>(character));
        if (digit == no_digit) {
            return std::nullopt;
        }
        bits = (bits << 6U) | digit;
        held += 6;
        if (held >= 8) {
            held -= 8;
            bytes += static_cast<char>((bits >> held) & 0xFFU);
        }
    }
    const bool leftover = (bits & ((1U << held) - 1U)) != 0;
    if (held >= 6 || leftover) {
        return std::nullopt;
    }
    return bytes;
}

} // namespace tandem::auth
