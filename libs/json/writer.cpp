#include "libs/json/writer.hpp"

#include "libs/json/utf8.hpp"

#include <cmath>
#include <fmt/format.h>

namespace tandem::json {
namespace {

constexpr std::string_view replacement_character = "\xEF\xBF\xBD";

bool is_plain(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 && byte < 0x80 && c != '"' && c != '\\';
}

void append_escaped(std::string& out, char c) {
    switch (c) {
    case '"':
        out += "\\\"";
        break;
    case '\\':
        out += "\\\\";
        break;
    case '\n':
        out += "\\n";
        break;
    case '\r':
        out += "\\r";
        break;
    case '\t':
        out += "\\t";
        break;
    default:
        fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
    }
}

void append_quoted(std::string& out, std::string_view value) {
    out += '"';
    while (!value.empty()) {
        std::size_t plain = 0;
        while (plain < value.size() && is_plain(value[plain])) {
            ++plain;
        }
        out += value.substr(0, plain);
        value.remove_prefix(plain);
        if (value.empty()) {
            break;
        }
        if (static_cast<unsigned char>(value.front()) < 0x80) {
            append_escaped(out, value.front());
            value.remove_prefix(1);
            continue;
        }
        const std::size_t length = utf8_length(value);
        out += length == 0 ? replacement_character : value.substr(0, length);
        value.remove_prefix(length == 0 ? 1 : length);
    }
    out += '"';
}

} // namespace

Writer& Writer::key(std::string_view name) {
    separate();
    append_quoted(text_, name);
    text_ += ':';
    wants_comma_ = false;
    return *this;
}

Writer& Writer::string(std::string_view value) {
    separate();
    append_quoted(text_, value);
    return *this;
}

Writer& Writer::integer(std::int64_t value) {
    const fmt::format_int digits(value);
    return raw({digits.data(), digits.size()});
}

Writer& Writer::unsigned_integer(std::uint64_t value) {
    const fmt::format_int digits(value);
    return raw({digits.data(), digits.size()});
}

Writer& Writer::number(double value) {
    return std::isfinite(value) ? raw(fmt::format("{}", value)) : null();
}

Writer& Writer::raw(std::string_view json) {
    separate();
    text_ += json;
    return *this;
}

Writer& Writer::open(char bracket) {
    separate();
    text_ += bracket;
    wants_comma_ = false;
    return *this;
}

Writer& Writer::close(char bracket) {
    text_ += bracket;
    wants_comma_ = true;
    return *this;
}

void Writer::separate() {
    if (wants_comma_) {
        text_ += ',';
    }
    wants_comma_ = true;
}

std::string quote(std::string_view value) {
    std::string text;
    text.reserve(value.size() + 2);
    append_quoted(text, value);
    return text;
}

void write_value(Writer& writer, Money value) {
    writer.string(value.to_string());
}

void write_value(Writer& writer, Timestamp value) {
    writer.string(to_rfc3339(value));
}

} // namespace tandem::json
