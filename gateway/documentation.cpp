#include "gateway/documentation.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <fmt/format.h>

namespace tandem::gateway {
namespace {

constexpr std::array<std::string_view, 5> methods{"get", "post", "put", "patch", "delete"};

constexpr std::string_view page_begin = R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tandem shop: API</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1c2430; }
h2 { margin-top: 2rem; text-transform: capitalize; border-bottom: 1px solid #d5dbe3; }
table { border-collapse: collapse; width: 100%; }
td { padding: .35rem .75rem .35rem 0; vertical-align: top; }
td:first-child { width: 5rem; font-weight: 600; }
code { font: .95em ui-monospace, monospace; }
</style>
</head>
<body>
<h1>Tandem shop: API</h1>
<p>The whole contract, with fields and codes, is <a href="/openapi.yaml">openapi.yaml</a> (OpenAPI 3.1).
State: <a href="/health">/health</a>. Metrics: <a href="/metrics">/metrics</a>.</p>
)";

std::string escaped(std::string_view text) {
    std::string html;
    for (const char c : text) {
        switch (c) {
        case '&':
            html += "&amp;";
            break;
        case '<':
            html += "&lt;";
            break;
        case '>':
            html += "&gt;";
            break;
        default:
            html += c;
        }
    }
    return html;
}

/// The value when `line` is `indent` spaces, `key`, a colon and a value.
std::string_view value_of(std::string_view line, std::size_t indent, std::string_view key) {
    const std::string prefix = std::string(indent, ' ') + std::string(key) + ": ";
    return line.starts_with(prefix) ? line.substr(prefix.size()) : std::string_view();
}

std::string upper(std::string_view text) {
    std::string result(text);
    std::ranges::transform(
        result, result.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return result;
}

bool is_key(std::string_view line, std::size_t indent) {
    return line.size() > indent && line.find_first_not_of(' ') == indent && line.ends_with(':');
}

} // namespace

std::vector<Operation> operations_of(std::string_view openapi_yaml) {
    std::vector<Operation> operations;
    std::string path;
    bool within_paths = false;
    while (!openapi_yaml.empty()) {
        const std::string_view line = openapi_yaml.substr(0, openapi_yaml.find('\n'));
        openapi_yaml.remove_prefix(std::min(line.size() + 1, openapi_yaml.size()));
        if (!line.empty() && line.front() != ' ' && line.front() != '#') {
            within_paths = line == "paths:";
        }
        if (!within_paths) {
            continue;
        }
        const std::string_view key = is_key(line, 4) ? line.substr(4, line.size() - 5) : std::string_view();
        if (is_key(line, 2)) {
            path = line.substr(2, line.size() - 3);
        } else if (std::ranges::find(methods, key) != methods.end()) {
            operations.push_back({.method = upper(key), .path = path, .tag = {}, .summary = {}});
        } else if (const auto tags = value_of(line, 6, "tags"); !tags.empty() && !operations.empty()) {
            operations.back().tag = tags.substr(1, tags.size() - 2);
        } else if (const auto summary = value_of(line, 6, "summary");
                   !summary.empty() && !operations.empty()) {
            operations.back().summary = summary;
        }
    }
    return operations;
}

std::string documentation_page(const std::vector<Operation>& operations) {
    std::string page(page_begin);
    std::string tag;
    for (const Operation& operation : operations) {
        if (operation.tag != tag || &operation == operations.data()) {
            page += tag.empty() ? "" : "</table>\n";
            tag = operation.tag;
            page += fmt::format("<h2>{}</h2>\n<table>\n", escaped(tag));
        }
        page += fmt::format("<tr><td>{}</td><td><code>{}</code></td><td>{}</td></tr>\n",
                            escaped(operation.method),
                            escaped(operation.path),
                            escaped(operation.summary));
    }
    return page + "</table>\n</body>\n</html>\n";
}

} // namespace tandem::gateway
