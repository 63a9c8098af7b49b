#include "services/user/domain/email_address.hpp"

#include <algorithm>

namespace tandem::user {
namespace {

constexpr std::size_t address_max = 254;
constexpr std::size_t local_max = 64;
constexpr std::size_t label_max = 63;
constexpr std::string_view white_space = " \t\r\n";
constexpr std::string_view atom_marks = "!#$%&'*+-/=?^_`{|}~";

bool is_alphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool is_atom(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return is_alphanumeric(c) || atom_marks.find(c) != std::string_view::npos;
    });
}

bool is_label(std::string_view text) {
    return !text.empty() && text.size() <= label_max && text.front() != '-' && text.back() != '-' &&
           std::ranges::all_of(text, [](char c) { return is_alphanumeric(c) || c == '-'; });
}

/// True when every part between dots fits; counts the parts.
bool each_part(std::string_view text, bool (*fits)(std::string_view), int& parts) {
    for (parts = 1;; ++parts) {
        const auto dot = text.find('.');
        if (!fits(text.substr(0, dot))) {
            return false;
        }
        if (dot == std::string_view::npos) {
            return true;
        }
        text.remove_prefix(dot + 1);
    }
}

std::string normalised(std::string_view text) {
    const auto first = text.find_first_not_of(white_space);
    const auto last = text.find_last_not_of(white_space);
    std::string normal(first == std::string_view::npos ? "" : text.substr(first, last - first + 1));
    std::ranges::transform(normal, normal.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    });
    return normal;
}

} // namespace

std::optional<EmailAddress> EmailAddress::parse(std::string_view text) {
    std::string normal = normalised(text);
    const std::string_view all = normal;
    const auto at = all.find('@');
    if (all.size() > address_max || at == std::string_view::npos || at > local_max) {
        return std::nullopt;
    }
    int atoms = 0;
    int labels = 0;
    const bool fits =
        each_part(all.substr(0, at), is_atom, atoms) && each_part(all.substr(at + 1), is_label, labels);
    if (!fits || labels < 2) {
        return std::nullopt;
    }
    return EmailAddress(std::move(normal));
}

} // namespace tandem::user
