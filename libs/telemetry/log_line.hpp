#pragma once

#include "libs/kernel/time.hpp"
#include "libs/telemetry/log.hpp"

#include <string>
#include <string_view>

namespace tandem::telemetry {

/// Appends `text` as the inside of a JSON string (RFC 8259, section 7). Bytes that are no UTF-8
/// become U+FFFD, so that whatever is logged the line stays valid.
void append_json_text(std::string& out, std::string_view text);

/// One line of the log without its newline; see `log`. Numbers that JSON cannot hold become null.
std::string
log_line(Timestamp now, Level level, std::string_view service, std::string_view message, Fields fields);

std::string_view to_string(Level level);

} // namespace tandem::telemetry
