#pragma once

#include <filesystem>
#include <string>

namespace tandem::local {

struct TestCount {
    int passed = 0;
    int failed = 0;
    int skipped = 0;

    TestCount& operator+=(const TestCount& other);
};

/// Counts one JUnit XML report as GoogleTest and Vitest write it. Throws Problem when it is none.
TestCount count_report(const std::string& xml);

/// Counts a ctest run: `xml` is ctest's own report, one entry a program; `reports` holds a
/// GoogleTest report named after each program that could write one. A program that failed without a
/// failed case (it crashed, a sanitizer stopped it, it ran out of time) counts as one failure more.
TestCount count_ctest(const std::string& xml, const std::filesystem::path& reports);

/// What a runner has reported, held against how it ended: one that failed although no test did (an
/// unhandled rejection, a crash while it closed, no test at all) counts as one failure more.
TestCount with_exit_code(TestCount count, int exit_code);

/// "12 passed, 0 failed", with ", 3 skipped" behind when there are any.
std::string count_text(const TestCount& count);

} // namespace tandem::local
