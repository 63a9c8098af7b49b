#include "tools/tandem/test_results.hpp"

#include "tools/tandem/files.hpp"
#include "tools/tandem/test_report.hpp"

namespace tandem::local {
namespace {

int number(const XmlTree& element, const std::string& name) {
    return element.get<int>("<xmlattr>." + name, 0);
}

} // namespace

TestCount& TestCount::operator+=(const TestCount& other) {
    passed += other.passed;
    failed += other.failed;
    skipped += other.skipped;
    return *this;
}

TestCount count_report(const std::string& xml) {
    TestCount count;
    for (const auto& [tag, suite] : element_of(parse_xml(xml), "testsuites")) {
        if (tag == "testsuite") {
            const int failed = number(suite, "failures") + number(suite, "errors");
            const int skipped = number(suite, "skipped") + number(suite, "disabled");
            count += {number(suite, "tests") - failed - skipped, failed, skipped};
        }
    }
    return count;
}

TestCount count_ctest(const std::string& xml, const std::filesystem::path& reports) {
    TestCount count;
    for (const auto& [tag, program] : element_of(parse_xml(xml), "testsuite")) {
        if (tag != "testcase") {
            continue;
        }
        const bool has_passed = attribute(program, "status") == "run";
        const auto report = reports / (attribute(program, "name") + ".xml");
        TestCount cases =
            std::filesystem::exists(report) ? count_report(read_file(report)) : TestCount{has_passed, 0, 0};
        cases.failed += !has_passed && cases.failed == 0;
        count += cases;
    }
    return count;
}

TestCount with_exit_code(TestCount count, int exit_code) {
    count.failed += exit_code != 0 && count.failed == 0;
    return count;
}

std::string count_text(const TestCount& count) {
    std::string text = fmt::format("{} passed, {} failed", count.passed, count.failed);
    return count.skipped == 0 ? text : text + fmt::format(", {} skipped", count.skipped);
}

} // namespace tandem::local
