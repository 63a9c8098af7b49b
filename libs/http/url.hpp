#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tandem::http {

/// Undoes percent-encoding (RFC 3986, section 2.1). Nothing when a '%' is not followed by two
/// hexadecimal digits, or when it stands for NUL, which no part of this system can store.
std::optional<std::string> percent_decode(std::string_view text);

/// As `percent_decode`, and '+' is a space: the form encoding of query strings (WHATWG URL,
/// section 5.1).
std::optional<std::string> form_decode(std::string_view text);

/// Encodes everything but the unreserved characters (RFC 3986, section 2.3), so that the outcome is
/// one path segment or one query value.
std::string percent_encode(std::string_view text);

/// Without case, ASCII only (RFC 9110, section 5.1).
bool equal_ignoring_case(std::string_view left, std::string_view right);

} // namespace tandem::http
