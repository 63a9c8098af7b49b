#include "tools/tandem/files.hpp"
#include "tools/tandem/problem.hpp"
#include "tools/tandem/test_failures.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

namespace tandem::local {
namespace {

namespace fs = std::filesystem;

constexpr auto one_of_two_failed = R"(<?xml version="1.0"?><testsuites><testsuite name="Cart">
<testcase name="Adds" classname="CartTest"/>
<testcase name="Empties" classname="CartTest"><failure message="short"><![CDATA[cart_test.cpp:7
Expected: empty]]></failure></testcase></testsuite></testsuites>)";

class CtestFailuresTest : public ::testing::Test {
protected:
    CtestFailuresTest()
        : reports(fs::temp_directory_path() / ("tandem-failures-test-" + std::to_string(::getpid()))) {
        fs::create_directories(reports);
        write_file(reports / "reporting.xml", one_of_two_failed, 0600);
    }
    ~CtestFailuresTest() override { fs::remove_all(reports); }

    std::vector<TestFailure> of(const std::string& program) const {
        return failures_in_ctest(
            fmt::format(
                R"(<testsuite><testcase name="{}" status="fail"><system-out>{}</system-out></testcase>)"
                R"(<testcase name="quiet" status="run"/></testsuite>)",
                program,
                "==1==ERROR: AddressSanitizer"),
            reports);
    }

    const fs::path reports;
};

TEST(ReportFailuresTest, TellsWhichTestFailedAndWhy) {
    const auto failures = failures_in_report(one_of_two_failed);
    ASSERT_EQ(failures.size(), 1U);
    EXPECT_EQ(failures[0].name, "CartTest › Empties");
    EXPECT_EQ(failures[0].message, "cart_test.cpp:7\nExpected: empty");
}

TEST(ReportFailuresTest, TakesTheAttributeWhereThereIsNoText) {
    const auto failures = failures_in_report(
        R"(<testsuites><testsuite><testcase name="a" classname="b"><error message="no shop"/></testcase></testsuite></testsuites>)");
    ASSERT_EQ(failures.size(), 1U);
    EXPECT_EQ(failures[0].message, "no shop");
}

TEST(ReportFailuresTest, RefusesWhatIsNoReport) {
    EXPECT_THROW(failures_in_report("nonsense"), Problem);
    EXPECT_THROW(failures_in_ctest("<html/>", "/nowhere"), Problem);
}

TEST_F(CtestFailuresTest, TellsTheCasesOfAProgramThatReports) {
    const auto failures = of("reporting");
    ASSERT_EQ(failures.size(), 1U);
    EXPECT_EQ(failures[0].name, "CartTest › Empties");
}

TEST_F(CtestFailuresTest, TellsTheLastWordsOfAProgramThatDied) {
    const auto failures = of("silent");
    ASSERT_EQ(failures.size(), 1U);
    EXPECT_EQ(failures[0].name, "silent");
    EXPECT_EQ(failures[0].message, "==1==ERROR: AddressSanitizer");
}

TEST(FailuresTextTest, StopsAtItsLimitAndSaysHowManyMoreThereAre) {
    const std::vector<TestFailure> failures{{"a", "first\nsecond"}, {"b", ""}, {"c", ""}};
    EXPECT_EQ(failures_text(failures, 2), "\na\n    first\n    second\n\nb\n\n... and 1 more.\n");
    EXPECT_EQ(failures_text({}), "");
}

} // namespace
} // namespace tandem::local
