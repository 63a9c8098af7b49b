#include "tools/tandem/files.hpp"
#include "tools/tandem/problem.hpp"
#include "tools/tandem/test_results.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

namespace tandem::local {
namespace {

namespace fs = std::filesystem;

constexpr auto two_suites = R"(<?xml version="1.0"?><testsuites tests="5" failures="1">
<testsuite name="A" tests="3" failures="1" disabled="0" errors="0"/>
<testsuite name="B" tests="2" failures="0" skipped="1"/></testsuites>)";

class CtestCountTest : public ::testing::Test {
protected:
    CtestCountTest()
        : reports(fs::temp_directory_path() / ("tandem-count-test-" + std::to_string(::getpid()))) {
        fs::create_directories(reports);
        write_file(reports / "reporting.xml", two_suites, 0600);
    }
    ~CtestCountTest() override { fs::remove_all(reports); }

    TestCount count(const std::string& program, const std::string& status) const {
        return count_ctest(
            fmt::format(R"(<testsuite><testcase name="{}" status="{}"/></testsuite>)", program, status),
            reports);
    }

    const fs::path reports;
};

TEST(ReportCountTest, AddsTheSuites) {
    EXPECT_EQ(count_text(count_report(two_suites)), "3 passed, 1 failed, 1 skipped");
}

TEST(ReportCountTest, RefusesWhatIsNoReport) {
    EXPECT_THROW(count_report("nonsense"), Problem);
    EXPECT_THROW(count_report("<html/>"), Problem);
}

TEST(ReportCountTest, CountsWhatVitestSkips) {
    const TestCount count = count_report(R"(<testsuites tests="4" failures="0" errors="0">
<testsuite name="a.test.ts" tests="4" failures="0" errors="0" skipped="3"/></testsuites>)");
    EXPECT_EQ(count_text(count), "1 passed, 0 failed, 3 skipped");
}

TEST(ExitCodeTest, ARunnerThatFailsWithoutAFailedTestCountsAsAFailure) {
    const TestCount green{.passed = 5, .failed = 0, .skipped = 1};
    EXPECT_EQ(count_text(with_exit_code(green, 1)), "5 passed, 1 failed, 1 skipped");
    EXPECT_EQ(count_text(with_exit_code(green, 0)), "5 passed, 0 failed, 1 skipped");
}

TEST(ExitCodeTest, AFailureThatIsReportedIsNotCountedTwice) {
    const TestCount red{.passed = 5, .failed = 2, .skipped = 0};
    EXPECT_EQ(count_text(with_exit_code(red, 1)), "5 passed, 2 failed");
}

TEST_F(CtestCountTest, TakesTheCasesOfAProgramThatReports) {
    EXPECT_EQ(count_text(count("reporting", "fail")), "3 passed, 1 failed, 1 skipped");
}

TEST_F(CtestCountTest, CountsAProgramThatCrashedAsAFailure) {
    EXPECT_EQ(count_text(count("silent", "fail")), "0 passed, 1 failed");
    EXPECT_EQ(count_text(count("silent", "run")), "1 passed, 0 failed");
}

TEST_F(CtestCountTest, CountsAFailureAfterTheLastCase) {
    write_file(
        reports / "leaking.xml", R"(<testsuites><testsuite tests="2" failures="0"/></testsuites>)", 0600);
    EXPECT_EQ(count_text(count("leaking", "fail")), "2 passed, 1 failed");
}

} // namespace
} // namespace tandem::local
