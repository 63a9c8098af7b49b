#include "lab/auditor/report.hpp"
#include "lab/auditor/tests/planted.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace tandem::audit::tests {
/// In place of bytes when a test fails; declared beside the type, where GoogleTest looks for it.
void PrintTo(const Planted& planted, std::ostream* out);
void PrintTo(const Planted& planted, std::ostream* out) {
    *out << planted.kind;
}

namespace {

constexpr std::int64_t orders = 40;

/// One shop for all tests of a layout: making its databases takes longer than filling them.
GeneratedShop& shop_in(Layout layout) {
    static GeneratedShop in_databases(Layout::databases);
    static GeneratedShop in_schemas(Layout::schemas);
    return layout == Layout::databases ? in_databases : in_schemas;
}

class PlantedTest : public ::testing::TestWithParam<Planted> {};

TEST_P(PlantedTest, IsFoundByNameWithItsOrderAndItsEvidence) {
    const Planted& planted = GetParam();
    GeneratedShop& shop = shop_in(planted.layout);
    shop.generate(orders);
    Plot plot{.shop = shop};
    planted.plant(plot);
    const Audit audit = shop.audit(plot.promises, plot.options);

    EXPECT_EQ(verdict_of({audit}), Verdict::violated);
    const auto found = audit.findings.kept(planted.law, audit.calm);
    const auto violation = std::ranges::find(
        found, std::string_view(planted.kind), [](const Violation* each) { return each->kind; });
    ASSERT_NE(violation, found.end()) << to_table(audit);
    EXPECT_NE((*violation)->sentence.find(planted.named), std::string::npos) << (*violation)->sentence;
    EXPECT_FALSE((*violation)->evidence.empty());
    EXPECT_NE(to_table(audit).find((*violation)->sentence), std::string::npos);
    EXPECT_NE(to_json({audit}).find(planted.kind), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(All,
                         PlantedTest,
                         ::testing::ValuesIn(all_planted()),
                         [](const ::testing::TestParamInfo<Planted>& info) {
                             return std::string(info.param.kind);
                         });

TEST(PlantedTest, HasAPlantForEachKindThatTheAuditorKnows) {
    std::set<std::string> planted;
    for (const Planted& each : all_planted()) {
        planted.insert(each.kind);
    }
    EXPECT_EQ(planted, kinds_in_sources());
}

} // namespace
} // namespace tandem::audit::tests
