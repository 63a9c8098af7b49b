#include "tools/tandem/test_suites.hpp"

#include <algorithm>
#include <iterator>

namespace tandem::local {
namespace {

using enum Runner;

const std::vector<Suite>& all_suites() {
    static const std::vector<Suite> suites{
        {"unit", ctest, "unit", "release"},
        {"unit, storefront", vitest_in_source, "unit"},
        {"simulation", ctest, "simulation", "release"},
        {"integration", ctest, "integration", "release"},
        {"contract", vitest, "contract"},
        {"contract, monolith", vitest, "contract", "", true},
        {"equivalence", vitest, "equivalence"},
        {"flow", vitest, "flow"},
        {"storefront", playwright, "storefront"},
        {"fault", vitest, "fault"},
        // After all that audits the shop: it puts a card network that lies in the place of the real one.
        {"security", vitest, "security"},
        {"security, monolith", vitest, "security", "", true},
        {"unit, address and undefined behaviour sanitizers", ctest, "unit", "asan"},
        {"simulation, address and undefined behaviour sanitizers", ctest, "simulation", "asan"},
        {"integration, address and undefined behaviour sanitizers", ctest, "integration", "asan"},
        {"unit, thread sanitizer", ctest, "unit", "tsan"},
        {"integration, thread sanitizer", ctest, "integration", "tsan"}};
    return suites;
}

} // namespace

std::vector<Suite> suites_of(const std::string& kind) {
    std::vector<Suite> chosen;
    std::ranges::copy_if(all_suites(), std::back_inserter(chosen), [&](const Suite& suite) {
        return kind == "all" || (suite.is_sanitized() ? kind == "sanitize" : kind == suite.label);
    });
    return chosen;
}

} // namespace tandem::local
