#include "tools/tandem/test_results.hpp"

#include "tools/tandem/files.hpp"
#include "tools/tandem/problem.hpp"

#include <boost/property_tree/ptree.hpp>
#include <boost/property_tree/xml_parser.hpp>

#include <sstream>

namespace tandem::local {
namespace {

using Tree = boost::property_tree::ptree;

Tree parsed(const std::string& xml) {
    Tree tree;
    std::istringstream stream(xml);
    try {
        boost::property_tree::read_xml(stream, tree);
    } catch (const boost::property_tree::xml_parser_error& error) {
        give_up("a test report cannot be read: {}", error.message());
    }
    return tree;
}

int attribute(const Tree& element, const std::string& name) {
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
    const Tree tree = parsed(xml);
    const auto root = tree.get_child_optional("testsuites");
    if (!root) {
        give_up("a test report holds no <testsuites>");
    }
    TestCount count;
    for (const auto& [tag, suite] : *root) {
        if (tag == "testsuite") {
            const int failed = attribute(suite, "failures") + attribute(suite, "errors");
            const int skipped = attribute(suite, "skipped") + attribute(suite, "disabled");
            count += {attribute(suite, "tests") - failed - skipped, failed, skipped};
        }
    }
    return count;
}

TestCount count_ctest(const std::string& xml, const std::filesystem::path& reports) {
    const Tree tree = parsed(xml);
    const auto suite = tree.get_child_optional("testsuite");
    if (!suite) {
        give_up("a ctest report holds no <testsuite>");
    }
    TestCount count;
    for (const auto& [tag, program] : *suite) {
        if (tag != "testcase") {
            continue;
        }
        const bool has_passed = program.get<std::string>("<xmlattr>.status", "") == "run";
        const auto report = reports / (program.get<std::string>("<xmlattr>.name") + ".xml");
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
