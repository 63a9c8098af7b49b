#pragma once

#include <string_view>

namespace tandem::http {

/// The reason phrase of a status code (RFC 9110, section 15), or "Unknown".
std::string_view reason_phrase(int status);

} // namespace tandem::http
