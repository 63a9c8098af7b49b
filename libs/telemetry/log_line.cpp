#include "libs/telemetry/log_line.hpp"

#include "libs/telemetry/trace.hpp"

#include <cmath>
#include <fmt/format.h>
#include <iterator>

namespace tandem::telemetry {
namespace {

bool continuation(std::string_view text, std::size_t at) {
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
}

/// Length of the well-formed UTF-8 sequence (Unicode, table 3-7) at the front of `text`, or 0.
std::size_t utf8_length(std::string_view text) {
    const auto first = static_cast<unsigned char>(text[0]);
    const auto second = text.size() > 1 ? static_cast<unsigned char>(text[1]) : 0U;
    if (first >= 0xC2U && first <= 0xDFU) {
        return continuation(text, 1) ? 2 : 0;
    }
    if ((first & 0xF0U) == 0xE0U) {
        const bool overlong = first == 0xE0U && second < 0xA0U;
        const bool surrogate = first == 0xEDU && second > 0x9FU;
        return continuation(text, 1) && continuation(text, 2) && !overlong && !surrogate ? 3 : 0;
    }
    if (first >= 0xF0U && first <= 0xF4U) {
        const bool overlong = first == 0xF0U && second < 0x90U;
        const bool beyond = first == 0xF4U && second > 0x8FU;
        const bool whole = continuation(text, 1) && continuation(text, 2) && continuation(text, 3);
        return whole && !overlong && !beyond ? 4 : 0;
    }
    return 0;
}

void append_ascii(std::string& out, char character) {
    switch (character) {
    case '"':
        out += "\\\"";
        return;
    case '\\':
        out += "\\\\";
        return;
    case '\n':
        out += "\\n";
        return;
    case '\t':
        out += "\\t";
        return;
    default:
        break;
    }
    if (static_cast<unsigned char>(character) < 0x20U) {
        fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(character));
        return;
    }
    out += character;
}

void append_member(std::string& out, std::string_view name, std::string_view text) {
    out += ",\"";
    append_json_text(out, name);
    out += "\":\"";
    append_json_text(out, text);
    out += '"';
}

void append_trace(std::string& out, std::string_view traceparent) {
    const auto parent = parse_traceparent(traceparent);
    if (parent) {
        append_member(out, "trace_id", parent->trace_id);
        append_member(out, "span_id", parent->span_id);
    }
}

void append_number(std::string& out, double number) {
    if (std::isfinite(number)) {
        fmt::format_to(std::back_inserter(out), "{}", number);
    } else {
        out += "null";
    }
}

void append_field(std::string& out, const Field& field) {
    if (const auto* text = std::get_if<std::string_view>(&field.value)) {
        if (field.name == "traceparent") {
            append_trace(out, *text);
        } else {
            append_member(out, field.name, *text);
        }
        return;
    }
    out += ",\"";
    append_json_text(out, field.name);
    out += "\":";
    if (const auto* integer = std::get_if<std::int64_t>(&field.value)) {
        fmt::format_to(std::back_inserter(out), "{}", *integer);
    } else if (const auto* number = std::get_if<double>(&field.value)) {
        append_number(out, *number);
    } else {
        out += std::get<bool>(field.value) ? "true" : "false";
    }
}

} // namespace

std::string_view to_string(Level level) {
    switch (level) {
    case Level::debug:
        return "debug";
    case Level::info:
        return "info";
    case Level::warn:
        return "warn";
    case Level::error:
        return "error";
    }
    return "error";
}

void append_json_text(std::string& out, std::string_view text) {
    while (!text.empty()) {
        if (static_cast<unsigned char>(text.front()) < 0x80U) {
            append_ascii(out, text.front());
            text.remove_prefix(1);
            continue;
        }
        const std::size_t length = utf8_length(text);
        out += length > 0 ? text.substr(0, length) : std::string_view("\xEF\xBF\xBD");
        text.remove_prefix(length > 0 ? length : 1);
    }
}

std::string
log_line(Timestamp now, Level level, std::string_view service, std::string_view message, Fields fields) {
    std::string line = R"({"time":")" + to_rfc3339(now) + R"(","level":")";
    line += to_string(level);
    line += '"';
    append_member(line, "service", service);
    append_member(line, "message", message);
    for (const Field& field : fields) {
        append_field(line, field);
    }
    line += '}';
    return line;
}

} // namespace tandem::telemetry
