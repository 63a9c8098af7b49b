#include "tests/tidy/layers.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <iterator>

/// Holds every source of this repository against the house rules. Runs in the repository's root.
namespace tandem::tidy {
namespace {

namespace fs = std::filesystem;

constexpr std::array source_folders{"libs",
                                    "services",
                                    "gateway",
                                    "payment-provider",
                                    "flight-recorder",
                                    "monolith",
                                    "lab",
                                    "tools",
                                    "tests"};
constexpr auto lines_max = 400;

std::vector<std::string> sources() {
    std::vector<std::string> files;
    for (const char* folder : source_folders) {
        if (!fs::exists(folder)) {
            continue;
        }
        for (auto each = fs::recursive_directory_iterator(folder); each != fs::recursive_directory_iterator();
             ++each) {
            if (each->path().filename() == "node_modules") {
                each.disable_recursion_pending();
            }
            const auto kind = each->path().extension();
            if (kind == ".cpp" || kind == ".hpp") {
                files.push_back(each->path().string());
            }
        }
    }
    std::ranges::sort(files);
    return files;
}

std::string text_of(const std::string& file) {
    std::ifstream stream(file);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

TEST(SourcesTest, AreFound) {
    EXPECT_GT(sources().size(), 100u) << "in " << fs::current_path();
}

TEST(SourcesTest, IncludeOnlyWhatTheirLayerMay) {
    for (const std::string& file : sources()) {
        for (const Include& include : includes_of(text_of(file))) {
            const auto objection = include.is_system ? objection_to_system_include(file, include.target)
                                                     : objection_to_include(file, include.target);
            if (objection) {
                ADD_FAILURE() << fmt::format("{}:{}: {}", file, include.line, *objection);
            }
        }
    }
}

TEST(SourcesTest, NameOnlyFilesThatExist) {
    for (const std::string& file : sources()) {
        for (const Include& include : includes_of(text_of(file))) {
            if (!include.is_system && !fs::exists(include.target)) {
                ADD_FAILURE() << fmt::format("{}:{}: there is no {}", file, include.line, include.target);
            }
        }
    }
}

TEST(SourcesTest, AreShort) {
    for (const std::string& file : sources()) {
        const std::string text = text_of(file);
        EXPECT_LE(std::ranges::count(text, '\n'), lines_max) << file;
    }
}

TEST(SourcesTest, AreFormatted) {
    std::string command = "clang-format-19 --dry-run -Werror 2>&1";
    for (const std::string& file : sources()) {
        command += " '" + file + "'";
    }
    EXPECT_EQ(std::system(command.c_str()), 0) << "clang-format-19 -i <file> mends it";
}

} // namespace
} // namespace tandem::tidy
