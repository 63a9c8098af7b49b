#include "lab/simulation/run/report.hpp"
#include "libs/telemetry/log.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <unistd.h>

namespace {

using namespace tandem::simulation;

struct Options {
    std::uint64_t seed = 1;
    std::uint64_t runs = 10'000;
    std::string bug;
    bool told = false;
};

std::string bug_names() {
    std::string names;
    for (const Bug bug : bugs) {
        names += (names.empty() ? "" : ", ") + std::string(to_string(bug));
    }
    return names;
}

/// The seed again, this time with its story.
void tell(std::uint64_t seed, Bug bug) {
    const Outcome outcome = simulate(seed, bug, Telling::told);
    for (const std::string& line : outcome.story) {
        fmt::print("{}\n", line);
    }
    for (const std::string& violation : outcome.violations) {
        fmt::print("\nbroken with seed {}: {}\n", seed, violation);
    }
}

int run(const Options& options) {
    const Bug bug = options.bug.empty() ? Bug::none : parse_bug(options.bug).value();
    if (options.told) {
        tell(options.seed, bug);
        return 0;
    }
    Summary summary;
    const bool watched = ::isatty(STDERR_FILENO) != 0;
    for (std::uint64_t seed = options.seed; seed < options.seed + options.runs; ++seed) {
        const Outcome outcome = simulate(seed, bug);
        summary.add(outcome);
        if (!outcome.violations.empty()) {
            tell(seed, bug);
            fmt::print("\n{}", summary.text());
            fmt::print("The same again: ./tandem simulate --seed {} --runs 1{}\n",
                       seed,
                       options.bug.empty() ? "" : " --plant " + options.bug);
            return 1;
        }
        if (watched && summary.runs() % 1'000 == 0) {
            fmt::print(stderr, "\r{} of {} runs ", summary.runs(), options.runs);
        }
    }
    fmt::print("{}{}", watched ? "\r" : "", summary.text());
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app("Orders in a simulated shop where much goes wrong, and the laws that hold all the same.",
                 "./tandem simulate");
    app.add_option("--seed", options.seed, "Of the first run; each further run has the next")
        ->capture_default_str();
    app.add_option("--runs", options.runs, "How many, at most: the first that breaks a law is the last")
        ->check(CLI::Range(1, 100'000'000))
        ->capture_default_str();
    app.add_option("--plant", options.bug, "A mistake to plant: " + bug_names())
        ->check([](const std::string& name) {
            return parse_bug(name) ? std::string() : "no mistake is called " + name;
        });
    app.add_flag("--story", options.told, "Tell what happens in the run with that seed");
    CLI11_PARSE(app, argc, argv);
    tandem::telemetry::open_log("simulation", tandem::telemetry::Level::error);
    const int exit_code = run(options);
    tandem::telemetry::close_log();
    return exit_code;
}
