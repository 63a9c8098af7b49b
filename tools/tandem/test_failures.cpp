#include "tools/tandem/test_failures.hpp"

#include "tools/tandem/files.hpp"
#include "tools/tandem/test_report.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <sstream>

namespace tandem::local {
namespace {

constexpr std::size_t most_lines = 12;

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) {
        if (line.find_first_not_of(" \t\r") != std::string::npos) {
            lines.push_back(line);
        }
    }
    return lines;
}

std::string first_lines(const std::string& text) {
    std::vector<std::string> lines = lines_of(text);
    lines.resize(std::min(lines.size(), most_lines));
    return fmt::format("{}", fmt::join(lines, "\n"));
}

std::string last_lines(const std::string& text) {
    std::vector<std::string> lines = lines_of(text);
    lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(std::min(lines.size(), most_lines)));
    return fmt::format("{}", fmt::join(lines, "\n"));
}

std::string message_of(const XmlTree& failure) {
    const auto text = failure.get_value<std::string>("");
    return first_lines(text.empty() ? attribute(failure, "message") : text);
}

void collect(const XmlTree& suite, std::vector<TestFailure>& failures) {
    for (const auto& [tag, test] : suite) {
        if (tag == "testsuite") {
            collect(test, failures);
        }
        if (tag != "testcase") {
            continue;
        }
        for (const char* kind : {"failure", "error"}) {
            if (const auto failure = test.get_child_optional(kind)) {
                failures.push_back(
                    {fmt::format("{} › {}", attribute(test, "classname"), attribute(test, "name")),
                     message_of(*failure)});
            }
        }
    }
}

std::vector<TestFailure> failures_of_program(const XmlTree& program, const std::filesystem::path& reports) {
    const std::string name = attribute(program, "name");
    const auto report = reports / (name + ".xml");
    std::vector<TestFailure> failures;
    if (std::filesystem::exists(report)) {
        failures = failures_in_report(read_file(report));
    }
    if (failures.empty() && attribute(program, "status") != "run") {
        failures.push_back({name, last_lines(program.get<std::string>("system-out", ""))});
    }
    return failures;
}

} // namespace

std::vector<TestFailure> failures_in_report(const std::string& xml) {
    std::vector<TestFailure> failures;
    collect(element_of(parse_xml(xml), "testsuites"), failures);
    return failures;
}

std::vector<TestFailure> failures_in_ctest(const std::string& xml, const std::filesystem::path& reports) {
    std::vector<TestFailure> all;
    for (const auto& [tag, program] : element_of(parse_xml(xml), "testsuite")) {
        if (tag == "testcase") {
            std::ranges::move(failures_of_program(program, reports), std::back_inserter(all));
        }
    }
    return all;
}

std::string failures_text(const std::vector<TestFailure>& failures, std::size_t limit) {
    std::string text;
    for (const TestFailure& failure : std::span(failures).first(std::min(limit, failures.size()))) {
        text += fmt::format("\n{}\n", failure.name);
        for (const std::string& line : lines_of(failure.message)) {
            text += fmt::format("    {}\n", line);
        }
    }
    if (failures.size() > limit) {
        text += fmt::format("\n... and {} more.\n", failures.size() - limit);
    }
    return text;
}

} // namespace tandem::local
