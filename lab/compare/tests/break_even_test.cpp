#include "lab/compare/break_even.hpp"

#include <gtest/gtest.h>

namespace tandem::lab {
namespace {

Cell cell(int delay_ms, double rate, double microservices_ms, double monolith_ms, std::string better) {
    return {.load = {delay_ms, rate},
            .microservices_ms = microservices_ms,
            .monolith_ms = monolith_ms,
            .cpu_ratio = 2.5,
            .better = std::move(better)};
}

TEST(BreakEvenTest, LiesWhereTheLinesThroughBothShopsTimesCross) {
    const auto found = break_evens({cell(0, 2, 20, 10, "monolith"), cell(50, 2, 20, 60, "microservices")});
    ASSERT_EQ(found.size(), 1U);
    EXPECT_DOUBLE_EQ(found[0].payment_delay_ms.value(), 10);
    EXPECT_EQ(found[0].sentence,
              "At 2 orders/s the microservices pay off from a payment delay of about 10 ms on. With 50 ms an "
              "order then costs them 2.5 times the monolith's CPU.");
}

TEST(BreakEvenTest, CountsOnlyWhenEveryLongerDelayIsWonToo) {
    const auto found = break_evens({cell(0, 2, 10, 20, "microservices"),
                                    cell(50, 2, 70, 60, "monolith"),
                                    cell(200, 2, 70, 260, "microservices")});
    EXPECT_NEAR(found[0].payment_delay_ms.value(), 57.5, 0.01);
}

TEST(BreakEvenTest, MayLieBelowOrBeyondWhatWasMeasured) {
    const auto found = break_evens({cell(0, 2, 10, 20, "microservices"),
                                    cell(50, 2, 10, 60, "microservices"),
                                    cell(0, 9, 30, 20, "monolith"),
                                    cell(50, 9, 90, 60, "monolith")});
    ASSERT_EQ(found.size(), 2U);
    EXPECT_DOUBLE_EQ(found[0].payment_delay_ms.value(), 0);
    EXPECT_NE(found[0].sentence.find("every measured payment delay"), std::string::npos);
    EXPECT_FALSE(found[1].payment_delay_ms);
    EXPECT_NE(found[1].sentence.find("do not pay off"), std::string::npos);
}

TEST(BreakEvenTest, IsTheLongerDelayWhenTheShorterOneWasLostByNotKeepingUp) {
    const auto found = break_evens({cell(0, 2, 10, 20, "monolith"), cell(50, 2, 10, 60, "microservices")});
    EXPECT_DOUBLE_EQ(found[0].payment_delay_ms.value(), 50);
}

Run run_of(const char* architecture, Load load, std::uint64_t sent, std::uint64_t accepted, int ms) {
    Run run{.architecture = architecture, .load = load};
    run.sessions.sent = sent;
    run.sessions.accepted = accepted;
    run.sessions.time_to_accepted.record(std::chrono::milliseconds(ms));
    return run;
}

TEST(BreakEvenTest, AShopThatTurnsCustomersAwayLosesHoweverFastItIs) {
    const Load load{200, 10};
    const Comparison comparison{
        .profile = *find_profile("break-even"),
        .runs = {run_of("microservices", load, 200, 200, 900), run_of("monolith", load, 200, 197, 10)}};
    const auto cells = cells_of(comparison);
    ASSERT_EQ(cells.size(), 1U);
    EXPECT_FALSE(cells[0].monolith_keeps_up);
    EXPECT_EQ(cells[0].better, "microservices");
    const auto sentences = overloads(comparison);
    ASSERT_EQ(sentences.size(), 1U);
    EXPECT_EQ(
        sentences[0],
        "payment 200 ms, 10 orders/s: the monolith does not keep up and turns 3 of 200 customers away.");
}

TEST(BreakEvenTest, OneInAHundredMayBeTurnedAwayAndFivePercentIsNoLead) {
    const Load load{0, 10};
    const Comparison comparison{
        .profile = *find_profile("break-even"),
        .runs = {run_of("microservices", load, 200, 198, 100), run_of("monolith", load, 200, 200, 104)}};
    EXPECT_TRUE(overloads(comparison).empty());
    EXPECT_EQ(cells_of(comparison)[0].better, "");
}

TEST(BreakEvenTest, NeitherIsBetterWhenNeitherKeepsUp) {
    const Load load{0, 10};
    const Comparison comparison{
        .profile = *find_profile("break-even"),
        .runs = {run_of("microservices", load, 200, 100, 10), run_of("monolith", load, 200, 100, 900)}};
    EXPECT_EQ(cells_of(comparison)[0].better, "");
}

} // namespace
} // namespace tandem::lab
