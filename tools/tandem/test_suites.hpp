#pragma once

#include <string>
#include <vector>

namespace tandem::local {

enum class Runner {
    ctest,            ///< programs of one of the builds
    vitest_in_source, ///< the storefront's own rules
    vitest,           ///< files against a whole shop
    playwright,       ///< the same in a browser
};

/// A set of tests that one runner runs.
struct Suite {
    std::string name;
    Runner runner = Runner::ctest;
    std::string label;        ///< ctest's label, or Vitest's folder; also what a person calls it by
    std::string build{};      ///< ctest: "release", "asan", "tsan"
    bool at_monolith = false; ///< black-box tests that are played at the other door

    bool is_sanitized() const { return build == "asan" || build == "tsan"; }
};

/// In the order in which they run. `kind` is a label, "sanitize" for what runs in the sanitizers' builds, or
/// "all".
std::vector<Suite> suites_of(const std::string& kind);

} // namespace tandem::local
