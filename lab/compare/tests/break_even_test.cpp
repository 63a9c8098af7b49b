#include "lab/compare/break_even.hpp"

#include <gtest/gtest.h>

namespace tandem::lab {
namespace {

Cell cell(int delay_ms, double rate, double monolith_ms, std::string better) {
    return {.load = {delay_ms, rate},
            .microservices = {.accepted_ms = 10, .confirmed_ms = 30, .cpu_ms = 20},
            .monolith = {.accepted_ms = monolith_ms, .confirmed_ms = 20, .cpu_ms = 5},
            .better = std::move(better)};
}

TEST(BreakEvenTest, LiesWhereWhatIsGainedBeginsToBeNoticed) {
    const auto found = break_evens({cell(0, 2, 60, "monolith"), cell(200, 2, 160, "microservices")});
    ASSERT_EQ(found.size(), 1U);
    EXPECT_DOUBLE_EQ(found[0].payment_delay_ms.value(), 100);
    EXPECT_EQ(
        found[0].sentence,
        "At 2 orders/s the microservices pay off from a payment delay of about 100 ms on. What it costs, "
        "with 200 ms: 20.0 ms of CPU per order against 5.00 ms, and an order is confirmed 10.0 ms later.");
}

TEST(BreakEvenTest, CountsOnlyWhenEveryLongerDelayIsWonToo) {
    const auto found = break_evens(
        {cell(0, 2, 200, "microservices"), cell(50, 2, 60, "monolith"), cell(150, 2, 160, "microservices")});
    EXPECT_DOUBLE_EQ(found[0].payment_delay_ms.value(), 100);
}

TEST(BreakEvenTest, MayLieBelowOrBeyondWhatWasMeasured) {
    const auto found = break_evens({cell(0, 2, 200, "microservices"),
                                    cell(50, 2, 200, "microservices"),
                                    cell(0, 9, 20, "monolith"),
                                    cell(50, 9, 60, "monolith")});
    ASSERT_EQ(found.size(), 2U);
    EXPECT_DOUBLE_EQ(found[0].payment_delay_ms.value(), 0);
    EXPECT_NE(found[0].sentence.find("every measured payment delay"), std::string::npos);
    EXPECT_FALSE(found[1].payment_delay_ms);
    EXPECT_NE(found[1].sentence.find("do not pay off"), std::string::npos);
}

TEST(BreakEvenTest, IsTheLongerDelayWhenKeepingUpDecided) {
    const auto found = break_evens({cell(0, 2, 20, "monolith"), cell(50, 2, 60, "microservices")});
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
    EXPECT_FALSE(cells[0].monolith.keeps_up);
    EXPECT_EQ(cells[0].better, "microservices");
    const auto sentences = overloads(comparison);
    ASSERT_EQ(sentences.size(), 1U);
    EXPECT_EQ(
        sentences[0],
        "At 10 orders/s and a payment delay of 200 ms the monolith does not keep up: 3 of 200 customers are "
        "turned away.");
}

TEST(BreakEvenTest, WhatNobodyNoticesIsWonByTheCheaperShop) {
    const Load load{0, 10};
    Comparison comparison{
        .profile = *find_profile("break-even"),
        .runs = {run_of("microservices", load, 200, 198, 10), run_of("monolith", load, 200, 200, 108)}};
    comparison.runs[0].cpu_s.shop = 3;
    comparison.runs[1].cpu_s.shop = 1;
    EXPECT_TRUE(overloads(comparison).empty()) << "one in a hundred may be turned away";
    EXPECT_EQ(cells_of(comparison)[0].better, "monolith");
    comparison.runs[1].sessions.time_to_accepted = Histogram();
    comparison.runs[1].sessions.time_to_accepted.record(std::chrono::milliseconds(120));
    EXPECT_EQ(cells_of(comparison)[0].better, "microservices");
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
