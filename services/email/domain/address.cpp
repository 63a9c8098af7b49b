#include "services/email/domain/address.hpp"

#include <algorithm>

namespace tandem::email {
namespace {

constexpr std::size_t address_max = 254;
constexpr std::size_t local_part_max = 64;
constexpr std::size_t label_max = 63;
constexpr std::string_view letters_and_digits =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
constexpr std::string_view atom_marks = "!#$%&'*+-/=?^_`{|}~";

bool is_atom(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char character) {
        return letters_and_digits.contains(character) || atom_marks.contains(character);
    });
}

bool is_label(std::string_view text) {
    const bool sound = std::ranges::all_of(
        text, [](char character) { return letters_and_digits.contains(character) || character == '-'; });
    return sound && !text.empty() && text.size() <= label_max && text.front() != '-' && text.back() != '-';
}

template <class Check>
bool each_between_dots(std::string_view text, Check check) {
    for (;;) {
        const auto dot = text.find('.');
        if (!check(text.substr(0, dot))) {
            return false;
        }
        if (dot == std::string_view::npos) {
            return true;
        }
        text.remove_prefix(dot + 1);
    }
}

} // namespace

bool is_mail_address(std::string_view text) {
    const auto at = text.find('@');
    if (at == std::string_view::npos || text.size() > address_max || at > local_part_max) {
        return false;
    }
    return each_between_dots(text.substr(0, at), is_atom) && each_between_dots(text.substr(at + 1), is_label);
}

std::string_view domain_of(std::string_view address) {
    const auto at = address.find('@');
    return at == std::string_view::npos ? std::string_view() : address.substr(at + 1);
}

} // namespace tandem::email
