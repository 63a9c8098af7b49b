#include "services/user/domain/sign_up.hpp"

#include <algorithm>
#include <vector>

namespace tandem::user {
namespace {

constexpr auto password_least = 8;
constexpr auto password_most = 128;
constexpr auto name_most = 200;

auto count_characters(std::string_view utf8) {
    return std::ranges::count_if(utf8,
                                 [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
}

/// C0 and DEL, and C1 (U+0080 to U+009F), which UTF-8 writes as C2 80 to C2 9F.
bool has_control_character(std::string_view utf8) {
    unsigned char before = 0;
    for (const char c : utf8) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7F || (before == 0xC2 && byte < 0xA0)) {
            return true;
        }
        before = byte;
    }
    return false;
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(' ');
    return first == std::string_view::npos ? "" : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

} // namespace

Result<SignUp> SignUp::check(std::string_view email, std::string_view password, std::string_view full_name) {
    std::vector<FieldError> broken;
    auto address = EmailAddress::parse(email);
    if (!address) {
        broken.push_back({"email", "must be an e-mail address such as name@example.com"});
    }
    const auto length = count_characters(password);
    if (length < password_least || length > password_most) {
        broken.push_back({"password", "must have 8 to 128 characters"});
    }
    const std::string_view name = trimmed(full_name);
    if (name.empty() || count_characters(name) > name_most || has_control_character(name)) {
        broken.push_back({"full_name", "must have 1 to 200 characters, none of them a control character"});
    }
    if (!broken.empty()) {
        return fail(invalid_fields(std::move(broken)));
    }
    return SignUp{*std::move(address), std::string(password), std::string(name)};
}

} // namespace tandem::user
