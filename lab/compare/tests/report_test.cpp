#include "lab/compare/break_even.hpp"
#include "lab/compare/report.hpp"
#include "lab/report/page.hpp"

#include <gtest/gtest.h>

namespace tandem::lab {
namespace {

Comparison comparison_of(Run microservices, Run monolith) {
    return {.profile = *find_profile("default"),
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
    lab::Run monolith{.architecture = "monolith", .load = {1'000, 2}};
    monolith.sessions.errors["checkout answered 503"] = 3;
    const auto table =
        to_table(comparison_of({.architecture = "microservices", .load = {1'000, 2}}, std::move(monolith)));
    EXPECT_NE(table.find("2 orders/s"), std::string::npos);
    EXPECT_NE(table.find("monolith: 3 times \"checkout answered 503\""), std::string::npos);
}

TEST(ReportTest, ARateThatOnlyOneShopPlayedIsNotCompared) {
    const auto table = to_table(comparison_of({.architecture = "microservices", .load = {1'000, 2}},
                                              {.architecture = "monolith", .load = {1'000, 5}}));
    EXPECT_EQ(table.find("orders/s"), std::string::npos);
}

TEST(ReportTest, CustomersWhoGaveUpAreNamedBesideTheLatenciesThatLackThem) {
    lab::Run monolith{.architecture = "monolith"};
    monolith.sessions.gave_up = 2;
    const auto table = to_table(comparison_of({.architecture = "microservices"}, std::move(monolith)));
    EXPECT_NE(table.find("2 customers of the monolith had no answer within 150 s"), std::string::npos);
}

TEST(ReportTest, ASweepIsShownAsAGridWithItsBreakEven) {
    Comparison sweep = comparison_of({.architecture = "microservices", .load = {50, 2}},
                                     {.architecture = "monolith", .load = {50, 2}});
    sweep.profile = *find_profile("break-even");
    EXPECT_NE(to_table(sweep).find("payment 50 ms, 2 orders/s"), std::string::npos);
    EXPECT_NE(to_table(sweep).find(break_even_definition()), std::string::npos);
    EXPECT_NE(to_json(sweep).find("\"cells\":[{\"payment_delay_ms\":50,"), std::string::npos);
}

TEST(ReportTest, OnlyASweepHasABreakEvenAndOnlyAnOutageAStory) {
    const auto json = to_json(comparison_of({.architecture = "microservices"}, {.architecture = "monolith"}));
    EXPECT_NE(json.find("\"break_even\":null"), std::string::npos);
    EXPECT_NE(json.find("\"outage_story\":[]"), std::string::npos);
    EXPECT_NE(json.find("\"outage\":null"), std::string::npos);
}

TEST(ReportTest, SaysWhenItWasInterrupted) {
    Comparison partial = comparison_of({.architecture = "microservices"}, {.architecture = "monolith"});
    partial.is_interrupted = true;
    EXPECT_NE(to_table(partial).find("Interrupted"), std::string::npos);
    EXPECT_NE(to_json(partial).find("\"is_interrupted\":true"), std::string::npos);
}

} // namespace
} // namespace tandem::lab
