#include "lab/report/page.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace tandem::lab {
namespace {

std::string content_of(const std::filesystem::path& file) {
    std::ifstream stream(file);
    if (!stream) {
        throw std::runtime_error("cannot read " + file.string() + ": run `npm ci` in lab/report");
    }
    return {std::istreambuf_iterator<char>(stream), {}};
}

} // namespace

std::string for_script(std::string_view json) {
    std::string safe;
    for (const char letter : json) {
        if (letter == '<') {
            safe += "\\u003c";
        } else {
            safe += letter;
        }
    }
    return safe;
}

std::string filled(std::string_view text, const std::vector<std::pair<std::string, std::string>>& values) {
    std::string result;
    while (!text.empty()) {
        const auto open = text.find("{{");
        const auto close = open == std::string_view::npos ? open : text.find("}}", open);
        if (close == std::string_view::npos) {
            break;
        }
        const std::string_view name = text.substr(open + 2, close - open - 2);
        const auto value = std::ranges::find(values, name, &std::pair<std::string, std::string>::first);
        result += text.substr(0, open);
        result += value == values.end() ? std::string(text.substr(open, close + 2 - open)) : value->second;
        text.remove_prefix(close + 2);
    }
    return result.append(text);
}

std::string page_of(const std::string& name, const std::string& json, const std::filesystem::path& folder) {
    return filled(content_of(folder / (name + ".html")),
                  {{"style", content_of(folder / "report.css")},
                   {"charts", content_of(folder / "node_modules/chart.js/dist/chart.umd.min.js")},
                   {"findings", for_script(json)},
                   {"script", content_of(folder / (name + ".js"))}});
}

} // namespace tandem::lab
