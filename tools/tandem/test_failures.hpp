#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace tandem::local {

/// A test that failed, as its runner's report tells it.
struct TestFailure {
    std::string name;    ///< "Suite › case"
    std::string message; ///< its first lines, or the last ones of a program that died
};

/// What failed in one JUnit XML report as GoogleTest, Vitest and Playwright write it. Throws Problem when it
/// is none.
std::vector<TestFailure> failures_in_report(const std::string& xml);

/// What failed in a ctest run; `xml` and `reports` as in count_ctest. A program that failed without a failed
/// case is told by its own last words.
std::vector<TestFailure> failures_in_ctest(const std::string& xml, const std::filesystem::path& reports);

/// For the end of a long output, where people look first: at most `limit` of them, and how many more there
/// are.
std::string failures_text(const std::vector<TestFailure>& failures, std::size_t limit = 20);

} // namespace tandem::local
