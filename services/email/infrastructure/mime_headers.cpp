#include "services/email/infrastructure/mime_headers.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace tandem::email {
namespace {

constexpr std::string_view word_begin = "=?UTF-8?Q?";
constexpr std::string_view word_end = "?=";
constexpr std::size_t word_max = 75;

bool is_control(char character) {
    return static_cast<unsigned char>(character) < 0x20 || character == 0x7F;
}

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char character) { return (character & 0x80) == 0; });
}

std::string without_controls(std::string_view text) {
    std::string clean(text);
    std::ranges::replace_if(clean, is_control, ' ');
    return clean;
}

bool continues_a_character(char character) {
    return (static_cast<unsigned char>(character) & 0xC0U) == 0x80U;
}

/// Letters and digits stand for themselves in every place where an encoded-word may occur.
std::string q_encoded(char character) {
    const bool plain = (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
                       (character >= '0' && character <= '9');
    if (plain) {
        return std::string(1, character);
    }
    return character == ' ' ? "_" : fmt::format("={:02X}", static_cast<unsigned char>(character));
}

std::string encoded_words(std::string_view text) {
    std::string result;
    std::string word(word_begin);
    while (!text.empty()) {
        std::size_t length = 1;
        while (length < text.size() && continues_a_character(text[length])) {
            ++length;
        }
        std::string encoded;
        for (const char character : text.substr(0, length)) {
            encoded += q_encoded(character);
        }
        if (word.size() + encoded.size() + word_end.size() > word_max) {
            result.append(word).append(word_end).append("\r\n ");
            word = word_begin;
        }
        word += encoded;
        text.remove_prefix(length);
    }
    return result.append(word).append(word_end);
}

std::string quoted(std::string_view text) {
    std::string result = "\"";
    for (const char character : text) {
        if (character == '"' || character == '\\') {
            result += '\\';
        }
        result += character;
    }
    return result + "\"";
}

} // namespace

std::string header_text(std::string_view text) {
    const std::string clean = without_controls(text);
    return is_ascii(clean) ? clean : encoded_words(clean);
}

std::string mailbox(const Recipient& recipient) {
    const std::string name = without_controls(recipient.name);
    if (name.empty()) {
        return "<" + recipient.address + ">";
    }
    return (is_ascii(name) ? quoted(name) : encoded_words(name)) + " <" + recipient.address + ">";
}

std::string mail_date(Timestamp moment) {
    using namespace std::chrono;
    constexpr std::array<std::string_view, 7> weekdays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<std::string_view, 12> months{
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = floor<days>(moment);
    const year_month_day date(day);
    const hh_mm_ss time(floor<seconds>(moment - day));
    return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} +0000",
                       weekdays[weekday(day).c_encoding()],
                       static_cast<unsigned>(date.day()),
                       months[static_cast<unsigned>(date.month()) - 1],
                       static_cast<int>(date.year()),
                       time.hours().count(),
                       time.minutes().count(),
                       time.seconds().count());
}

} // namespace tandem::email
