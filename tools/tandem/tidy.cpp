#include "tools/tandem/commands.hpp"
#include "tools/tandem/problem.hpp"
#include "tools/tandem/process.hpp"

#include <algorithm>
#include <sstream>

namespace tandem::local {
namespace {

/// Sources that git knows: all, or those that differ from `base`.
std::vector<std::string> sources(const Shop& shop, const std::string& base) {
    std::vector<std::string> command{"git", "-C", shop.root.string()};
    if (base.empty()) {
        command.insert(command.end(), {"ls-files", "--", "*.cpp"});
    } else {
        command.insert(command.end(), {"diff", "--name-only", "--diff-filter=d", base, "--", "*.cpp"});
    }
    const Outcome outcome = run_quietly({.arguments = std::move(command)});
    if (outcome.exit_code != 0) {
        give_up("git does not tell which files have changed: {}", outcome.output);
    }
    std::vector<std::string> files;
    std::istringstream lines(outcome.output);
    for (std::string line; std::getline(lines, line);) {
        files.push_back("/" + line + "$"); // run-clang-tidy takes patterns
    }
    return files;
}

} // namespace

int tidy(const Shop& shop, bool all, const std::string& base) {
    const std::vector<std::string> files = sources(shop, all ? "" : base);
    if (files.empty()) {
        fmt::print("No source differs from {}. ./tandem tidy --all looks at every one.\n", base);
        return 0;
    }
    const int configured =
        run_here({.arguments = {(shop.root / "tandem").string(), "build", "debug", "tandem_pch"}});
    if (configured != 0) {
        return configured;
    }
    fmt::print("clang-tidy over {} files\n", files.size());
    std::fflush(stdout);
    std::vector<std::string> command{
        "run-clang-tidy-19", "-quiet", "-p", (shop.root / "build" / "debug").string()};
    std::ranges::copy(files, std::back_inserter(command));
    return run_here({.arguments = std::move(command), .directory = shop.root});
}

} // namespace tandem::local
