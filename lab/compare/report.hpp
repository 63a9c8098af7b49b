#pragma once

#include "lab/compare/findings.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tandem::lab {

/// Both shops side by side, and below it in sentences who wins what.
std::string to_table(const Comparison& comparison);

/// Every figure, with the sentences, the latency curves and the throughput of each second.
std::string to_json(const Comparison& comparison);

/// One page that needs nothing from anywhere: `folder` (lab/report in the sources) holds its text, its
/// script, and the chart library that `npm ci` brings. Throws std::runtime_error when one is missing.
std::string to_html(const std::string& json, const std::filesystem::path& folder);

/// JSON that may stand inside a <script> element: no "<" that could end it.
std::string for_script(std::string_view json);

/// `text` with each "{{name}}" of `values` filled in once; what is filled in is not looked at again.
std::string filled(std::string_view text, const std::vector<std::pair<std::string, std::string>>& values);

} // namespace tandem::lab
