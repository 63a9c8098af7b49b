#include "libs/postgres/params.hpp"

#include <fmt/format.h>

namespace tandem::postgres {
namespace {

// PostgreSQL stores no NUL (section 8.3), and libpq would cut the text there.
std::string without_nul(std::string text) {
    for (std::size_t at = text.find('\0'); at != std::string::npos; at = text.find('\0', at)) {
        text.replace(at, 1, "\uFFFD");
    }
    return text;
}

std::string array_literal(const std::vector<std::string>& texts) {
    std::string literal = "{";
    for (const std::string& text : texts) {
        literal += literal.size() > 1 ? ",\"" : "\"";
        for (const char letter : text) {
            if (letter == '"' || letter == '\\') {
                literal += '\\';
            }
            literal += letter;
        }
        literal += '"';
    }
    return literal + "}";
}

} // namespace

Params& Params::add(std::string_view text) {
    values_.emplace_back(without_nul(std::string(text)));
    return *this;
}

Params& Params::add(std::int64_t number) {
    values_.emplace_back(fmt::format_int(number).str());
    return *this;
}

Params& Params::add(bool flag) {
    return add(flag ? "true" : "false");
}

Params& Params::add(double number) {
    values_.emplace_back(fmt::format("{}", number));
    return *this;
}

Params& Params::add(Timestamp moment) {
    return add(to_rfc3339(moment));
}

Params& Params::add(std::nullopt_t) {
    values_.emplace_back(std::nullopt);
    return *this;
}

Params& Params::add(const std::vector<std::int64_t>& numbers) {
    values_.emplace_back(fmt::format("{{{}}}", fmt::join(numbers, ",")));
    return *this;
}

Params& Params::add(const std::vector<std::string>& texts) {
    values_.emplace_back(without_nul(array_literal(texts)));
    return *this;
}

} // namespace tandem::postgres
