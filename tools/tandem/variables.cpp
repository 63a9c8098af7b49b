#include "tools/tandem/variables.hpp"

#include "tools/tandem/files.hpp"
#include "tools/tandem/problem.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdlib>
#include <unistd.h>
#include <utility>

namespace tandem::local {
namespace {

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

bool is_name(std::string_view text) {
    if (text.empty() || std::isdigit(static_cast<unsigned char>(text.front())) != 0) {
        return false;
    }
    return text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_") ==
           std::string_view::npos;
}

std::string unquoted(std::string_view value, std::string_view place) {
    if (!value.empty() && (value.front() == '"' || value.front() == '\'')) {
        const auto closing = value.find(value.front(), 1);
        if (closing == std::string_view::npos) {
            give_up("{}: the quote is not closed", place);
        }
        return std::string(value.substr(1, closing - 1));
    }
    return std::string(trimmed(value.substr(0, value.find(" #"))));
}

template <class Use>
void for_each_line(std::string_view text, Use use) {
    int number = 0;
    while (!text.empty()) {
        const auto end = text.find('\n');
        use(++number, trimmed(text.substr(0, end)));
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    }
}

Variables::Table process_environment() {
    Variables::Table table;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view text = *entry;
        const auto equals = text.find('=');
        if (equals != std::string_view::npos) {
            table.emplace(text.substr(0, equals), text.substr(equals + 1));
        }
    }
    return table;
}

} // namespace

std::map<std::string, std::string> parse_dotenv(std::string_view text, std::string_view file) {
    std::map<std::string, std::string> values;
    for_each_line(text, [&](int number, std::string_view line) {
        if (line.empty() || line.front() == '#') {
            return;
        }
        if (line.starts_with("export ")) {
            line = trimmed(line.substr(7));
        }
        const std::string place = fmt::format("{}, line {}", file, number);
        const auto equals = line.find('=');
        const std::string_view name = trimmed(line.substr(0, equals));
        if (equals == std::string_view::npos || !is_name(name)) {
            give_up("{}: expected NAME=value, found '{}'", place, line);
        }
        values.insert_or_assign(std::string(name), unquoted(trimmed(line.substr(equals + 1)), place));
    });
    return values;
}

std::map<std::string, std::string> documented_variables(std::string_view text) {
    std::map<std::string, std::string> values;
    for_each_line(text, [&](int, std::string_view line) {
        while (line.starts_with("#")) {
            line = trimmed(line.substr(1));
        }
        const auto equals = line.find('=');
        const std::string_view name = line.substr(0, equals);
        if (equals != std::string_view::npos && is_name(name)) {
            values.emplace(name, line.substr(equals + 1));
        }
    });
    return values;
}

std::string upper(std::string text) {
    std::ranges::transform(
        text, text.begin(), [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
    return text;
}

Variables::Variables(Table environment, Table file)
    : environment_(std::move(environment)), file_(std::move(file)) {}

const std::string* Variables::find(const std::string& name) const {
    for (const Table* table : {&environment_, &file_}) {
        const auto found = table->find(name);
        if (found != table->end()) {
            return &found->second;
        }
    }
    return nullptr;
}

std::string Variables::text(const std::string& name, std::string fallback) const {
    const std::string* found = find(name);
    return found == nullptr || found->empty() ? std::move(fallback) : *found;
}

int Variables::integer(const std::string& name, int fallback, int least, int most) const {
    const std::string* found = find(name);
    if (found == nullptr || found->empty()) {
        return fallback;
    }
    int value = 0;
    const char* end = found->data() + found->size();
    const auto parsed = std::from_chars(found->data(), end, value);
    if (parsed.ec != std::errc{} || parsed.ptr != end || value < least || value > most) {
        give_up("{}='{}' is not a whole number from {} to {}", name, *found, least, most);
    }
    return value;
}

Variables read_variables(const std::filesystem::path& root) {
    Variables::Table environment = process_environment();
    const auto named = environment.find("TANDEM_ENV_FILE");
    const std::filesystem::path file =
        named == environment.end() ? root / ".env" : std::filesystem::path(named->second);
    Variables::Table from_file;
    if (std::filesystem::exists(file)) {
        from_file = parse_dotenv(read_file(file), file.string());
    }
    return {std::move(environment), std::move(from_file)};
}

} // namespace tandem::local
