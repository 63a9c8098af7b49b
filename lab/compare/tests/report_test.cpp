#include "lab/compare/report.hpp"

#include <gtest/gtest.h>

namespace tandem::lab {
namespace {

Comparison comparison_of(Run microservices, Run monolith) {
    return {.profile = *find_profile("default"),
            .seconds = 20,
            .taken_at = "2026-01-01T00:00:00.000000Z",
            .machine = {.processor = "A </script> processor", .cores = 2},
            .runs = {std::move(microservices), std::move(monolith)}};
}

TEST(ReportTest, NothingInTheJsonEndsTheScriptThatHoldsIt) {
    const auto json = to_json(comparison_of({.architecture = "microservices"}, {.architecture = "monolith"}));
    EXPECT_NE(json.find("A </script> processor"), std::string::npos);
    const auto safe = for_script(json);
    EXPECT_EQ(safe.find('<'), std::string::npos);
    EXPECT_NE(safe.find("A \\u003c/script> processor"), std::string::npos);
}

TEST(ReportTest, FillsInEachNameOnceAndLooksAtNothingTwice) {
    EXPECT_EQ(filled("a {{x}} b {{y}}", {{"x", "{{y}}"}, {"y", "2"}}), "a {{y}} b 2");
    EXPECT_EQ(filled("{{unknown}} {{", {{"x", "1"}}), "{{unknown}} {{");
}

TEST(ReportTest, TheTableShowsBothShopsAndTheirErrors) {
    lab::Run monolith{.architecture = "monolith", .rate = 2};
    monolith.sessions.errors["checkout answered 503"] = 3;
    const auto table =
        to_table(comparison_of({.architecture = "microservices", .rate = 2}, std::move(monolith)));
    EXPECT_NE(table.find("2 orders/s"), std::string::npos);
    EXPECT_NE(table.find("monolith: 3 times \"checkout answered 503\""), std::string::npos);
}

TEST(ReportTest, ARateThatOnlyOneShopPlayedIsNotCompared) {
    const auto table = to_table(
        comparison_of({.architecture = "microservices", .rate = 2}, {.architecture = "monolith", .rate = 5}));
    EXPECT_EQ(table.find("orders/s"), std::string::npos);
}

} // namespace
} // namespace tandem::lab
