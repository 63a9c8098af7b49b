#pragma once

#include "tools/tandem/shop.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The variables of the whole shop, as docs/configuration.md lists them.
namespace tandem::local {

struct Setting {
    std::string name;
    std::string fallback; ///< empty: none
    std::string meaning;
    std::vector<std::string> programs; ///< that read it, with this meaning and default
};

/// The variables in what a program says to --help. Throws Problem when there are none.
std::vector<Setting> settings_in_help(std::string_view help, const std::string& program);

/// Adds settings to a list; one that is there already with the same meaning and default gets one
/// program more.
void merge(std::vector<Setting>& all, const std::vector<Setting>& more);

/// A table in Markdown, a row each.
std::string settings_table(const std::vector<Setting>& settings);

/// What ./tandem itself reads, besides the ports.
std::vector<Setting> command_settings();

} // namespace tandem::local
