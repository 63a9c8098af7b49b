#include "tools/tandem/background_build.hpp"
#include "tools/tandem/files.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <thread>
#include <unistd.h>

namespace tandem::local {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

/// A clone whose `./tandem` is the script that a test gives it.
class BackgroundBuildTest : public ::testing::Test {
protected:
    BackgroundBuildTest()
        : clone(fs::temp_directory_path() / ("tandem-background-test-" + std::to_string(::getpid()))) {
        fs::create_directories(clone);
    }
    ~BackgroundBuildTest() override { fs::remove_all(clone); }

    void build_begins(const std::string& script) {
        write_file(clone / "tandem", "#!/bin/sh\n" + script, 0700);
        build.emplace(clone,
                      std::vector<BackgroundBuild::Piece>{{"asan", "unit_tests"}, {"tsan", "unit_tests"}},
                      clone / "log");
    }

    /// Waits until the log has become `text`.
    void expect_log(const std::string& text) const {
        const auto deadline = std::chrono::steady_clock::now() + 10s;
        std::string log;
        while (log != text && std::chrono::steady_clock::now() < deadline) {
            std::this_thread::sleep_for(5ms);
            log = fs::exists(clone / "log") ? read_file(clone / "log") : "";
        }
        EXPECT_EQ(log, text);
    }

    const fs::path clone;
    std::optional<BackgroundBuild> build;
};

TEST_F(BackgroundBuildTest, BuildsOnePieceAfterTheOther) {
    build_begins("echo \"$@\"");
    expect_log("build asan unit_tests\nbuild tsan unit_tests\n");
}

TEST_F(BackgroundBuildTest, StopsAtAPieceThatCannotBeBuilt) {
    build_begins("echo \"$2\"; sleep 0.01; [ \"$2\" = tsan ]");
    expect_log("asan\n");
    build.reset();
    expect_log("asan\n");
}

TEST_F(BackgroundBuildTest, LeavesTheProcessorToOthers) {
    build_begins("ps -o ni= -p $$ | tr -d ' '; exit 1");
    expect_log("19\n");
}

TEST_F(BackgroundBuildTest, IsWhollyOverWhenItIsLeft) {
    build_begins("sh -c 'trap \"\" TERM; echo $$; sleep 0.3; exit' & exec sleep 600");
    std::string pid;
    while (pid.empty()) {
        std::this_thread::sleep_for(5ms);
        pid = fs::exists(clone / "log") ? read_file(clone / "log") : "";
    }
    build.reset();
    EXPECT_FALSE(fs::exists("/proc/" + pid.substr(0, pid.find('\n'))));
}

} // namespace
} // namespace tandem::local
