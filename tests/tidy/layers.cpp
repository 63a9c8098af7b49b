#include "tests/tidy/layers.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>
#include <sstream>

namespace tandem::tidy {
namespace {

using Names = std::vector<std::string_view>;

bool contains(const Names& names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

Names split(std::string_view path) {
    Names names;
    for (auto slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/')) {
        names.push_back(path.substr(0, slash));
        path.remove_prefix(slash + 1);
    }
    names.push_back(path);
    return names;
}

/// What each library may build upon, besides itself, libs/kernel and libs/telemetry.
const std::map<std::string_view, Names>& library_foundations() {
    static const std::map<std::string_view, Names> table{
        {"kernel", {}},
        {"async", {}},
        {"json", {}},
        {"telemetry", {"async", "http", "json"}},
        {"http", {"async", "json"}},
        {"postgres", {"async"}},
        {"redis", {"async"}},
        {"messaging", {"async", "json", "postgres"}},
        {"auth", {"async", "json", "http"}},
        {"runtime", {"async", "json", "http", "postgres"}},
        {"testing", {"async", "json", "http", "postgres", "messaging"}},
    };
    return table;
}

/// What each layer of a service may use: other layers of its own, and libraries besides libs/kernel.
struct Layer {
    Names layers;
    Names libraries;
};

const std::map<std::string_view, Layer>& service_layers() {
    static const std::map<std::string_view, Layer> table{
        {"domain", {{}, {}}},
        {"core", {{"domain"}, {}}},
        {"infrastructure",
         {{"core", "domain"}, {"postgres", "messaging", "http", "telemetry", "json", "async", "auth"}}},
        {"api", {{"core", "domain"}, {"http", "messaging", "auth", "json", "telemetry", "async"}}},
    };
    return table;
}

std::optional<std::string>
library_objection(std::string_view library, std::string_view tested, const Names& target) {
    const bool is_test = tested == "tests";
    if (target.front() != "libs") {
        return fmt::format("libs/{} may not know {}", library, target.front());
    }
    const std::string_view used = target.at(1);
    if (used == library || used == "kernel" || is_test || (used == "telemetry" && library != "kernel")) {
        return std::nullopt;
    }
    const auto known = library_foundations().find(library);
    if (known == library_foundations().end() || !contains(known->second, used)) {
        return fmt::format("libs/{} may not build upon libs/{}", library, used);
    }
    return std::nullopt;
}

std::optional<std::string> service_objection(const Names& path, const Names& target) {
    const std::string_view service = path.at(1);
    const std::string_view layer = path.at(2);
    const auto rules = service_layers().find(layer);
    const bool is_free = rules == service_layers().end(); // main.cpp and what it is made of, tests
    if (target.front() == "services") {
        if (target.at(1) != service) {
            return fmt::format("services/{} may not know services/{}", service, target.at(1));
        }
        if (is_free || target.at(2) == layer || contains(rules->second.layers, target.at(2))) {
            return std::nullopt;
        }
        return fmt::format("{} may not know {}", layer, target.at(2));
    }
    if (target.front() != "libs") {
        return fmt::format("services may not know {}", target.front());
    }
    if (is_free || target.at(1) == "kernel" || contains(rules->second.libraries, target.at(1))) {
        return std::nullopt;
    }
    return fmt::format("{} may not know libs/{}", layer, target.at(1));
}

/// The monolith wires what there is; only its core keeps to rules and ports.
std::optional<std::string> monolith_objection(const Names& path, const Names& target) {
    if (path.at(1) != "core") {
        return std::nullopt;
    }
    const bool is_own = target.front() == "monolith" && target.at(1) == "core";
    const bool is_kernel = target.front() == "libs" && target.at(1) == "kernel";
    const bool is_rule =
        target.front() == "services" && target.size() > 3 && (target[2] == "core" || target[2] == "domain");
    if (is_own || is_kernel || is_rule) {
        return std::nullopt;
    }
    return fmt::format("monolith/core may not know {}/{}", target.front(), target.at(1));
}

/// Who judges the shop believes none of its code: only values and JSON, besides its own.
std::optional<std::string> auditor_objection(const Names& path, const Names& target) {
    const bool is_own = target.front() == "lab" && target.at(1) == "auditor";
    const bool is_test = path.at(2) == "tests";
    const Names libraries = is_test ? Names{"kernel", "json", "testing"} : Names{"kernel", "json"};
    if (is_own || (target.front() == "libs" && contains(libraries, target.at(1)))) {
        return std::nullopt;
    }
    return fmt::format("lab/auditor may not know {}/{}", target.front(), target.at(1));
}

/// It runs what the services decide over doubles of what they reach: of their infrastructure it may know what
/// events look like, and nothing that talks to a database, a broker or another process.
std::optional<std::string> simulation_objection(const Names& target) {
    static const Names libraries{"kernel", "json", "messaging", "telemetry"};
    static const Names layers{"domain", "core", "api"};
    static const Names event_forms{
        "order_event_json.hpp", "events.hpp", "payment_events.hpp", "published_mail_news.hpp"};
    const bool is_own = target.front() == "lab" && target.at(1) == "simulation";
    const bool is_library = target.front() == "libs" && contains(libraries, target.at(1));
    const bool is_service =
        target.front() == "services" && target.size() == 4 &&
        (contains(layers, target[2]) || (target[2] == "infrastructure" && contains(event_forms, target[3])));
    if (is_own || is_library || is_service) {
        return std::nullopt;
    }
    return fmt::format("lab/simulation may not know {}", fmt::join(target, "/"));
}

/// The auditor is a program that it runs, so that no judge shares code with who wrote the promises down.
std::optional<std::string> chaos_objection(const Names& target) {
    const Names of_the_lab{"chaos", "load_generator", "report"};
    if (target.front() == "libs" || (target.front() == "lab" && contains(of_the_lab, target.at(1)))) {
        return std::nullopt;
    }
    return fmt::format("lab/chaos may not know {}/{}", target.front(), target.at(1));
}

} // namespace

std::optional<std::string> objection_to_include(std::string_view path, std::string_view target) {
    const Names from = split(path);
    const Names to = split(target);
    if (contains(to, "..") || contains(to, ".")) {
        return "includes name their place from the repository's root";
    }
    if (from.front() == "tests") {
        return std::nullopt;
    }
    if (to.size() < 2) {
        return "includes name their place from the repository's root";
    }
    if (from.front() == "libs") {
        return library_objection(from.at(1), from.at(2), to);
    }
    if (from.front() == "services") {
        return service_objection(from, to);
    }
    if (from.front() == "monolith") {
        return monolith_objection(from, to);
    }
    if (from.front() == "lab" && from.at(1) == "auditor") {
        return auditor_objection(from, to);
    }
    if (from.front() == "lab" && from.at(1) == "simulation") {
        return simulation_objection(to);
    }
    if (from.front() == "lab" && from.at(1) == "chaos") {
        return chaos_objection(to);
    }
    if (to.front() != "libs" && to.front() != from.front()) {
        return fmt::format("{} may not know {}", from.front(), to.front());
    }
    return std::nullopt;
}

std::optional<std::string> objection_to_system_include(std::string_view path, std::string_view target) {
    const Names from = split(path);
    const bool is_pure =
        (from.size() > 3 && from.front() == "services" && (from[2] == "domain" || from[2] == "core")) ||
        (from.size() > 2 && from.front() == "monolith" && from[1] == "core");
    static const Names outside{"boost/asio",
                               "boost/beast",
                               "libpq",
                               "amqp",
                               "rabbitmq",
                               "simdjson",
                               "curl",
                               "openssl",
                               "spdlog",
                               "hiredis"};
    const bool is_outside =
        std::ranges::any_of(outside, [&](std::string_view library) { return target.starts_with(library); });
    if (is_pure && is_outside) {
        return fmt::format("{} may not know <{}>", from[2], target);
    }
    return std::nullopt;
}

std::vector<Include> includes_of(std::string_view text) {
    std::vector<Include> found;
    std::istringstream lines{std::string(text)};
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        constexpr std::string_view directive = "#include ";
        if (!line.starts_with(directive) || line.size() <= directive.size()) {
            continue;
        }
        const bool is_system = line[directive.size()] == '<';
        const auto end = line.find(is_system ? '>' : '"', directive.size() + 1);
        if (end != std::string::npos) {
            found.push_back(
                {number, is_system, line.substr(directive.size() + 1, end - directive.size() - 1)});
        }
    }
    return found;
}

} // namespace tandem::tidy
