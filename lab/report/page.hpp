#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tandem::lab {

/// One page that needs nothing from anywhere: <name>.html of `folder` (lab/report in the sources) with its
/// style, its script <name>.js, the findings, and the chart library that `npm ci` brings. Throws
/// std::runtime_error when one is missing.
std::string page_of(const std::string& name, const std::string& json, const std::filesystem::path& folder);

/// JSON that may stand inside a <script> element: no "<" that could end it.
std::string for_script(std::string_view json);

/// `text` with each "{{name}}" of `values` filled in once; what is filled in is not looked at again.
std::string filled(std::string_view text, const std::vector<std::pair<std::string, std::string>>& values);

} // namespace tandem::lab
