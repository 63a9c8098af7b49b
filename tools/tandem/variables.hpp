#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace tandem::local {

/// Parses `NAME=value` lines as written in `.env` files: blank lines and lines that begin with `#`
/// are skipped, `export ` in front is allowed, a value may stand in single or double quotes, and
/// ` #` ends an unquoted value. No expansion. Throws Problem with `file` and line number.
std::map<std::string, std::string> parse_dotenv(std::string_view text, std::string_view file);

/// The names that an `.env.example` documents, also those that are commented out (`# NAME=`).
std::map<std::string, std::string> documented_variables(std::string_view text);

/// "payment" as it begins a variable's name: "PAYMENT".
std::string upper(std::string text);

/// What the person has set: the process's environment first, then the file.
class Variables {
public:
    using Table = std::map<std::string, std::string>;
    Variables(Table environment, Table file);

    /// Null when it is set nowhere. Valid as long as this object.
    const std::string* find(const std::string& name) const;
    std::string text(const std::string& name, std::string fallback) const;
    /// Throws Problem when it is no whole number within [least, most].
    int integer(const std::string& name, int fallback, int least, int most) const;

private:
    Table environment_;
    Table file_;
};

/// The environment of this process and `TANDEM_ENV_FILE` (default: `.env` in `root`, if it exists).
Variables read_variables(const std::filesystem::path& root);

} // namespace tandem::local
