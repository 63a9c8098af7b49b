#include "services/product/domain/text.hpp"

namespace tandem::product {
namespace {

struct Sequence {
    std::size_t bytes;
    char32_t least; // anything below is an overlong form
    char32_t bits;
};

std::optional<Sequence> sequence_of(unsigned char lead) {
    if (lead < 0x80) {
        return Sequence{1, 0, lead};
    }
    if ((lead & 0xE0U) == 0xC0) {
        return Sequence{2, 0x80, lead & 0x1FU};
    }
    if ((lead & 0xF0U) == 0xE0) {
        return Sequence{3, 0x800, lead & 0x0FU};
    }
    if ((lead & 0xF8U) == 0xF0) {
        return Sequence{4, 0x10000, lead & 0x07U};
    }
    return std::nullopt;
}

bool allowed(char32_t character) {
    if (character < 0x20) {
        return character == '\t' || character == '\n' || character == '\r';
    }
    const bool surrogate = character >= 0xD800 && character <= 0xDFFF;
    return character != 0x7F && !surrogate && character <= 0x10FFFF;
}

} // namespace

std::optional<std::size_t> character_count(std::string_view text) {
    std::size_t count = 0;
    while (!text.empty()) {
        const auto sequence = sequence_of(static_cast<unsigned char>(text.front()));
        if (!sequence || sequence->bytes > text.size()) {
            return std::nullopt;
        }
        char32_t character = sequence->bits;
        for (const char follower : text.substr(1, sequence->bytes - 1)) {
            const auto byte = static_cast<unsigned char>(follower);
            if ((byte & 0xC0U) != 0x80) {
                return std::nullopt;
            }
            character = (character << 6U) | (byte & 0x3FU);
        }
        if (character < sequence->least || !allowed(character)) {
            return std::nullopt;
        }
        text.remove_prefix(sequence->bytes);
        ++count;
    }
    return count;
}

std::string trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) {
        return "";
    }
    return std::string(text.substr(first, text.find_last_not_of(blanks) - first + 1));
}

} // namespace tandem::product
