#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace tandem::user {

/// An e-mail address in its normal form, lower-case and without surrounding white space, so that
/// one mailbox has one account.
///
/// Taken are addresses that mail servers of today take: a dot-atom (RFC 5322, section 3.2.3) of at
/// most 64 characters, '@', and a domain of at least two labels (RFC 1123, section 2.1), 254
/// characters in all (RFC 5321). No quoted strings, comments, address literals, or other scripts
/// (an internationalised domain goes in as its xn-- form).
class EmailAddress {
public:
    static std::optional<EmailAddress> parse(std::string_view text);

    const std::string& text() const { return text_; }
    friend auto operator<=>(const EmailAddress&, const EmailAddress&) = default;

private:
    explicit EmailAddress(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

} // namespace tandem::user
