#include "tools/tandem/background_build.hpp"
#include "tools/tandem/commands.hpp"
#include "tools/tandem/files.hpp"
#include "tools/tandem/interruption.hpp"
#include "tools/tandem/problem.hpp"
#include "tools/tandem/process.hpp"
#include "tools/tandem/screen.hpp"
#include "tools/tandem/test_failures.hpp"
#include "tools/tandem/test_results.hpp"
#include "tools/tandem/test_suites.hpp"

#include <algorithm>
#include <optional>
#include <unistd.h>
#include <utility>

namespace tandem::local {
namespace {

namespace fs = std::filesystem;
using Settings = std::map<std::string, std::string>;

/// addr2line comes with the compiler's binutils; llvm-symbolizer does not.
constexpr std::string_view thread_sanitizer_options =
    "halt_on_error=1:second_deadlock_stack=1:external_symbolizer_path=/usr/bin/addr2line";

/// Runs suites one after another and keeps count. The shop that some of them need is its own, beside
/// one that may be running: other ports, other state, no delays, nothing of the person's .env.
class TestRun {
public:
    TestRun(const Shop& shop, std::vector<BackgroundBuild::Piece> to_sanitize)
        : shop_(shop), to_sanitize_(std::move(to_sanitize)), results_(shop.root / "build" / "test-results"),
          test_state_(shop.root / ".tandem" / "test") {
        fs::remove_all(results_);
        fs::create_directories(results_);
    }
    TestRun(const TestRun&) = delete;
    TestRun& operator=(const TestRun&) = delete;
    ~TestRun() {
        sanitizers_.reset();
        if (has_shop_) {
            tandem({"down"});
        }
    }

    void run(const Suite& suite) {
        screen_.line(fmt::format("\n== {} tests", suite.name));
        const auto start = Clock::now();
        if (suite.is_sanitized()) {
            sanitizers_.reset();
        }
        const TestCount count = counted(suite);
        total_ += count;
        if (count.failed > 0) {
            failed_suites_.push_back(suite.name);
        }
        screen_.line(
            fmt::format("== {} tests: {} ({})", suite.name, count_text(count), elapsed_since(start)));
    }

    /// The closing lines. Gives the exit code.
    int conclude() const {
        const bool has_passed = total_.failed == 0 && total_.passed > 0;
        if (!has_passed) {
            fmt::print("{}\nFailed: {}\nReports: {}\n",
                       failures_text(failures_),
                       fmt::join(failed_suites_, "; "),
                       results_.string());
            if (has_shop_) {
                fmt::print("Logs of the test shop's parts: {}\n", (test_state_ / "logs").string());
            }
        }
        fmt::print("\n{}\n", count_text(total_));
        return has_passed ? 0 : 1;
    }

private:
    static constexpr TestCount nothing_ran{.passed = 0, .failed = 1, .skipped = 0};

    TestCount counted(const Suite& suite) {
        try {
            return ran(suite);
        } catch (const Problem& problem) { // a report that is missing or cut off
            screen_.line(problem.what());
            return nothing_ran;
        }
    }

    TestCount ran(const Suite& suite) {
        switch (suite.runner) {
        case Runner::ctest:
            return run_ctest(suite);
        case Runner::vitest_in_source:
            return run_vitest(suite, {.directory = shop_.root / "frontend"});
        case Runner::vitest:
            return needs_shop() ? run_vitest(suite, black_box(suite)) : nothing_ran;
        case Runner::playwright:
            return needs_shop() ? run_playwright(suite) : nothing_ran;
        }
        std::unreachable();
    }

    /// A runner that failed although its report names no failure is not believed.
    TestCount agreed(const TestCount& reported, int exit_code) {
        const TestCount count = with_exit_code(reported, exit_code);
        if (count.failed != reported.failed) {
            screen_.line(fmt::format(
                "The runner ended with {} although no test has failed: see above for its error.", exit_code));
        }
        return count;
    }

    void note(const Suite& suite, std::vector<TestFailure> failures) {
        for (TestFailure& failure : failures) {
            failure.name = fmt::format("{}: {}", suite.name, failure.name);
            failures_.push_back(std::move(failure));
        }
    }

    int build(const std::string& variant, const std::vector<std::string>& targets) const {
        std::vector<std::string> command{(shop_.root / "tandem").string(), "build", variant};
        std::ranges::copy(targets, std::back_inserter(command));
        return run_here({.arguments = std::move(command)});
    }

    TestCount run_ctest(const Suite& suite) {
        if (build(suite.build, {suite.label + "_tests"}) != 0) {
            return nothing_ran;
        }
        const fs::path reports = results_ / (suite.build + "-" + suite.label);
        const fs::path report = results_ / (suite.build + "-" + suite.label + ".xml");
        const int ended =
            run_here({.arguments = {"ctest",
                                    "--test-dir",
                                    (shop_.root / "build" / suite.build).string(),
                                    "--label-regex",
                                    "^" + suite.label + "$",
                                    "--parallel",
                                    "2",
                                    "--output-on-failure",
                                    "--no-tests=error",
                                    "--output-junit",
                                    report.string()},
                      .environment = {{"GTEST_OUTPUT", "xml:" + reports.string() + "/"},
                                      {"GTEST_BRIEF", "1"},
                                      {"TSAN_OPTIONS", std::string(thread_sanitizer_options)}}});
        if (!fs::exists(report)) {
            return nothing_ran;
        }
        const std::string xml = read_file(report);
        note(suite, failures_in_ctest(xml, reports));
        return agreed(count_ctest(xml, reports), ended);
    }

    bool needs_shop() { return has_shop_ || start_shop(); }

    /// Where the shop is, for tests that only know its doors.
    Command black_box(const Suite& suite) const {
        Settings settings = parse_dotenv(read_file(test_state_ / "shop.env"), "shop.env");
        if (suite.at_monolith) {
            settings["TANDEM_GATEWAY_URL"] = settings.at("TANDEM_MONOLITH_URL");
            settings["TANDEM_UNDER_TEST"] = "monolith";
        }
        return {.environment = std::move(settings), .directory = shop_.root / "tests"};
    }

    TestCount run_vitest(const Suite& suite, Command command) {
        const fs::path report = results_ / (suite.name + ".xml");
        command.arguments = {"npx",
                             "vitest",
                             "run",
                             "--reporter=default",
                             "--reporter=junit",
                             "--outputFile.junit=" + report.string()};
        if (suite.runner == Runner::vitest) {
            std::ranges::copy(std::vector<std::string>{"--dir", suite.label},
                              std::back_inserter(command.arguments));
        }
        return run_node(suite, std::move(command), report);
    }

    TestCount run_playwright(const Suite& suite) {
        const fs::path report = results_ / (suite.name + ".xml");
        Command command = black_box(suite);
        command.arguments = {"npx", "playwright", "test"};
        command.environment["TANDEM_REPORT"] = report.string();
        return run_node(suite, std::move(command), report);
    }

    TestCount run_node(const Suite& suite, Command command, const fs::path& report) {
        if (::isatty(STDOUT_FILENO) == 0) {
            command.environment.emplace("NO_COLOR", "1");
        }
        const int ended = run_here(command);
        if (!fs::exists(report)) {
            return nothing_ran;
        }
        const std::string xml = read_file(report);
        note(suite, failures_in_report(xml));
        return agreed(count_report(xml), ended);
    }

    bool start_shop() {
        if (build("release", {"shop", "compare", "auditor", "chaos"}) != 0) {
            return false;
        }
        has_shop_ = true; // from here on there is something to stop
        if (tandem({"reset", "--yes"}) != 0) {
            return false;
        }
        if (!to_sanitize_.empty()) {
            sanitizers_.emplace(shop_.root, to_sanitize_, results_ / "background-build.log");
        }
        return true;
    }

    int tandem(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), (shop_.programs / "tandem").string());
        return run_here(
            {.arguments = std::move(arguments),
             .environment = {{"TANDEM_STATE", test_state_.string()},
                             {"TANDEM_PORT_OFFSET", shop_.variables.text("TANDEM_TEST_PORT_OFFSET", "11000")},
                             {"TANDEM_ENV_FILE", "/dev/null"},
                             {"PAYMENT_DELAY_MS", "0"},
                             {"EMAIL_DELAY_MS", "0"}}});
    }

    const Shop& shop_;
    const std::vector<BackgroundBuild::Piece> to_sanitize_;
    fs::path results_;
    fs::path test_state_;
    Screen screen_;
    TestCount total_;
    std::vector<std::string> failed_suites_;
    std::vector<TestFailure> failures_;
    std::optional<BackgroundBuild> sanitizers_;
    bool has_shop_ = false;
};

/// What the sanitized ones of `suites` will have to build.
std::vector<BackgroundBuild::Piece> sanitized_programs(const std::vector<Suite>& suites) {
    std::vector<BackgroundBuild::Piece> programs;
    for (const Suite& suite : suites) {
        if (suite.is_sanitized()) {
            programs.push_back({suite.build, suite.label + "_tests"});
        }
    }
    return programs;
}

} // namespace

int test(const Shop& shop, const std::string& kind) {
    const Interruption interruption;
    const std::vector<Suite> suites = suites_of(kind);
    TestRun run(shop, sanitized_programs(suites));
    for (const Suite& suite : suites) {
        if (!interruption.has_come()) {
            run.run(suite);
        }
    }
    const int exit_code = run.conclude();
    return interruption.has_come() ? 130 : exit_code;
}

} // namespace tandem::local
