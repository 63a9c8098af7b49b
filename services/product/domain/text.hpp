#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tandem::product {

/// How many characters (Unicode code points) `text` has. Nothing when it is not UTF-8 (RFC 3629:
/// overlong forms and surrogates included) or holds a control character other than tab and line
/// ends, which no name or description needs and PostgreSQL cannot store (NUL).
std::optional<std::size_t> character_count(std::string_view text);

/// Without the blanks at both ends.
std::string trimmed(std::string_view text);

} // namespace tandem::product
