#include "tools/tandem/files.hpp"
#include "tools/tandem/problem.hpp"
#include "tools/tandem/settings.hpp"

#include <gmock/gmock.h>

#include <set>

namespace tandem::local {
namespace {

using ::testing::HasSubstr;

constexpr auto gateway_help = R"(gateway: The shop's public door.

Usage: gateway [--help]

Environment variables:
  HOST           address to listen on [127.0.0.1]
  LOG_LEVEL      least level: debug|info [info]
  DATABASE_URL   a database [required]
  OPENAPI_FILE   contract to show; empty: [the one] compiled in [not set]
)";

TEST(SettingsTest, AreReadFromWhatAProgramSaysToHelp) {
    const auto settings = settings_in_help(gateway_help, "gateway");

    ASSERT_EQ(settings.size(), 4u);
    EXPECT_EQ(settings[0].name, "HOST");
    EXPECT_EQ(settings[0].meaning, "address to listen on");
    EXPECT_EQ(settings[0].fallback, "127.0.0.1");
    EXPECT_EQ(settings[2].fallback, "required");
    EXPECT_EQ(settings[3].meaning, "contract to show; empty: [the one] compiled in");
    EXPECT_EQ(settings[3].fallback, "");
}

TEST(SettingsTest, OfAProgramThatNamesNoneAreRefused) {
    EXPECT_THROW(settings_in_help("gateway: not found\n", "gateway"), Problem);
    EXPECT_THROW(settings_in_help("\nEnvironment variables:\n  HOST without a default\n", "gateway"),
                 Problem);
}

TEST(SettingsTest, ThatMeanTheSameShareARow) {
    std::vector<Setting> all;
    merge(all, {{"PORT", "1", "a port", {"a"}}, {"HOST", "x", "a host", {"a"}}});
    merge(all, {{"PORT", "2", "a port", {"b"}}, {"HOST", "x", "a host", {"b"}}});

    const std::string table = settings_table(all);
    EXPECT_THAT(table, HasSubstr("| `HOST` | `x` | a host | a, b |\n"));
    EXPECT_THAT(table, HasSubstr("| `PORT` | `1` | a port | a |\n"));
    EXPECT_THAT(table, HasSubstr("| `PORT` | `2` | a port | b |\n"));
}

TEST(SettingsTest, BreakNoTable) {
    EXPECT_THAT(settings_table({{"LEVEL", "", "debug|info", {"a"}}}),
                HasSubstr("| `LEVEL` |  | debug\\|info | a |\n"));
}

TEST(SettingsTest, OfTheCommandAreThoseOfItsExample) {
    std::set<std::string> listed;
    for (const Setting& setting : command_settings()) {
        EXPECT_TRUE(listed.insert(setting.name).second) << setting.name << " twice";
    }
    for (const auto& [name, value] : documented_variables(read_file(".env.example"))) {
        const bool is_programs = name == "PAYMENT_DELAY_MS" || name == "EMAIL_DELAY_MS";
        EXPECT_TRUE(is_programs || listed.erase(name) == 1) << name;
    }
    EXPECT_TRUE(listed.empty()) << *listed.begin();
}

} // namespace
} // namespace tandem::local
