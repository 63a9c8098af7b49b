#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tandem::auth {

/// base64url without padding (RFC 4648, section 5; RFC 7515, section 2).
std::string base64url_encode(std::string_view bytes);

/// Strict: nothing for padding, white space, characters of plain base64, a length that no encoding
/// has, or trailing bits that are not zero, so that each value has exactly one text.
std::optional<std::string> base64url_decode(std::string_view text);

} // namespace tandem::auth
