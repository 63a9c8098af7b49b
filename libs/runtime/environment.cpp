#include "libs/runtime/environment.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>
#include <limits>

namespace tandem::runtime {
namespace {

constexpr std::int64_t day_ms = 24LL * 60 * 60 * 1000;
const std::string required = "required";

std::optional<std::int64_t> parse_integer(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc{} && end == text.data() + text.size();
    return whole ? std::optional(value) : std::nullopt;
}

std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        parts.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

} // namespace

Environment::Environment(std::string program, std::string summary, int argc, char** argv)
    : program_(std::move(program)), summary_(std::move(summary)) {
    for (int i = 1; i < argc; ++i) {
        arguments_.emplace_back(argv[i]);
    }
}

std::optional<std::string>
Environment::look_up(const std::string& name, const std::string& meaning, const std::string& fallback) {
    variables_.push_back({name, meaning, fallback});
    const char* const value = std::getenv(name.c_str());
    if (value == nullptr || *value == '\0') {
        return std::nullopt;
    }
    return value;
}

void Environment::complain(const std::string& name, const std::string& problem) {
    problems_.push_back(name + " " + problem);
}

std::string Environment::text(std::string name, std::string meaning, std::string fallback) {
    return look_up(name, meaning, fallback).value_or(fallback);
}

std::string Environment::choice(std::string name,
                                std::string meaning,
                                std::string fallback,
                                std::vector<std::string> allowed) {
    const std::string words = fmt::format("{}", fmt::join(allowed, "|"));
    std::string value = look_up(name, meaning + ": " + words, fallback).value_or(fallback);
    if (std::ranges::find(allowed, value) == allowed.end()) {
        complain(name, fmt::format("is '{}', not one of {}", value, words));
    }
    return value;
}

std::string Environment::secret(std::string name, std::string meaning) {
    auto value = look_up(name, meaning, required);
    if (!value) {
        complain(name, "must be set: " + meaning);
    }
    return value.value_or("");
}

std::int64_t Environment::integer(
    std::string name, std::string meaning, std::int64_t fallback, std::int64_t least, std::int64_t most) {
    const auto value = look_up(name, meaning, std::to_string(fallback));
    if (!value) {
        return fallback;
    }
    const auto number = parse_integer(*value);
    if (!number || *number < least || *number > most) {
        complain(name, fmt::format("is '{}', not an integer from {} to {}", *value, least, most));
        return fallback;
    }
    return *number;
}

std::uint16_t Environment::port(std::string name, std::string meaning, std::uint16_t fallback) {
    constexpr auto most = std::numeric_limits<std::uint16_t>::max();
    return static_cast<std::uint16_t>(integer(std::move(name), std::move(meaning), fallback, 0, most));
}

bool Environment::flag(std::string name, std::string meaning, bool fallback) {
    const auto value = look_up(name, meaning, fallback ? "true" : "false");
    if (!value) {
        return fallback;
    }
    const bool yes = *value == "true" || *value == "1";
    if (!yes && *value != "false" && *value != "0") {
        complain(name, fmt::format("is '{}', neither true nor false", *value));
    }
    return yes;
}

std::chrono::milliseconds Environment::milliseconds(std::string name,
                                                    std::string meaning,
                                                    std::int64_t fallback_ms,
                                                    std::int64_t least_ms) {
    meaning += ", milliseconds";
    return std::chrono::milliseconds(
        integer(std::move(name), std::move(meaning), fallback_ms, least_ms, day_ms));
}

http::Endpoint Environment::endpoint(std::string name, std::string meaning, std::string fallback) {
    const std::string value = look_up(name, meaning, fallback).value_or(fallback);
    const auto endpoint = http::Endpoint::parse(value);
    if (!endpoint) {
        complain(name, fmt::format("is '{}', not http://host:port", value));
    }
    return endpoint.value_or(http::Endpoint());
}

std::string Environment::url(std::string name, std::string meaning, std::string fallback) {
    constexpr std::string_view scheme = "http://";
    std::string value = look_up(name, meaning, fallback).value_or(fallback);
    const std::size_t slash = value.starts_with(scheme) ? value.find('/', scheme.size()) : std::string::npos;
    if (slash == std::string::npos || !http::Endpoint::parse(value.substr(0, slash))) {
        complain(name, fmt::format("is '{}', not http://host:port/path", value));
    }
    return value;
}

std::vector<std::string> Environment::list(std::string name, std::string meaning, std::string fallback) {
    std::vector<std::string> items;
    for (const std::string& item : split(text(std::move(name), std::move(meaning), std::move(fallback)))) {
        const auto first = item.find_first_not_of(' ');
        if (first != std::string::npos) {
            items.push_back(item.substr(first, item.find_last_not_of(' ') - first + 1));
        }
    }
    return items;
}

std::vector<std::string> Environment::urls(std::string name, std::string meaning, std::string fallback) {
    const std::string value = look_up(name, meaning, fallback).value_or(fallback);
    if (value.empty()) {
        return {};
    }
    std::vector<std::string> all = split(value);
    for (const std::string& url : all) {
        const auto endpoint = http::Endpoint::parse(url);
        if (!endpoint) {
            complain(name, fmt::format("holds '{}', not http://host:port", url));
        }
    }
    return all;
}

std::string Environment::help() const {
    std::size_t width = 0;
    for (const Variable& variable : variables_) {
        width = std::max(width, variable.name.size());
    }
    std::string text =
        fmt::format("{}: {}\n\nUsage: {} [--help]\n\nEnvironment variables:\n", program_, summary_, program_);
    for (const Variable& variable : variables_) {
        const std::string fallback = variable.fallback.empty()       ? "[not set]"
                                     : variable.fallback == required ? "[required]"
                                                                     : "[" + variable.fallback + "]";
        text += fmt::format("  {:<{}}  {} {}\n", variable.name, width, variable.meaning, fallback);
    }
    return text;
}

std::optional<int> Environment::finish() const {
    if (std::ranges::find(arguments_, "--help") != arguments_.end()) {
        fmt::print("{}", help());
        return 0;
    }
    for (const std::string& argument : arguments_) {
        fmt::print(stderr, "{}: unknown argument '{}'; try --help\n", program_, argument);
    }
    for (const std::string& problem : problems_) {
        fmt::print(stderr, "{}: {}\n", program_, problem);
    }
    return arguments_.empty() && problems_.empty() ? std::nullopt : std::optional(2);
}

} // namespace tandem::runtime
