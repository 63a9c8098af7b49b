#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tandem::tidy {

/// Why the file at `path` (from the repository's root) may not have the line `#include "target"`,
/// as the table in CONTRIBUTING.md says; nothing when it may.
std::optional<std::string> objection_to_include(std::string_view path, std::string_view target);

/// The same for `#include <target>`: domain and core know no database, broker, HTTP or JSON library.
std::optional<std::string> objection_to_system_include(std::string_view path, std::string_view target);

struct Include {
    int line = 0;
    bool is_system = false; ///< <...>
    std::string target;
};

/// The include lines of a source text.
std::vector<Include> includes_of(std::string_view text);

} // namespace tandem::tidy
