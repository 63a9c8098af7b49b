#include "lab/compare/outage_story.hpp"

#include <gtest/gtest.h>

namespace tandem::lab {
namespace {

constexpr OutageWindow outage{.begin_s = 10, .end_s = 20};

TEST(OutageTest, CountsCustomersWhereTheirSessionWasDue) {
    const auto effect = effect_of(outage,
                                  {{.due_s = 9.9, .accepted_s = 10.5, .confirmed_s = 21},
                                   {.due_s = 10, .accepted_s = 10.1, .confirmed_s = 25},
                                   {.due_s = 19.9},
                                   {.due_s = 20, .accepted_s = 20.1}});
    EXPECT_EQ(effect.before.confirmed, 1U);
    EXPECT_EQ(effect.during.came, 2U);
    EXPECT_EQ(effect.during.accepted, 1U);
    EXPECT_EQ(effect.during.confirmed, 1U);
    EXPECT_EQ(effect.after.accepted, 1U);
    EXPECT_EQ(effect.after.confirmed, 0U);
}

TEST(OutageTest, HasRecoveredWhenTheLastOrderThatWaitedIsConfirmed) {
    const auto effect = effect_of(outage,
                                  {{.due_s = 1, .accepted_s = 1, .confirmed_s = 4},
                                   {.due_s = 9, .accepted_s = 9, .confirmed_s = 22},
                                   {.due_s = 15, .accepted_s = 15, .confirmed_s = 27.5},
                                   {.due_s = 30, .accepted_s = 30, .confirmed_s = 99}});
    EXPECT_EQ(effect.waiting, 2U);
    ASSERT_TRUE(effect.recovery_s);
    EXPECT_DOUBLE_EQ(*effect.recovery_s, 7.5);
}

TEST(OutageTest, HasNotRecoveredWhileAnOrderIsNotConfirmed) {
    const auto effect = effect_of(
        outage, {{.due_s = 15, .accepted_s = 15}, {.due_s = 16, .accepted_s = 16, .confirmed_s = 21}});
    EXPECT_EQ(effect.waiting, 2U);
    EXPECT_EQ(effect.never_confirmed, 1U);
    EXPECT_FALSE(effect.recovery_s);
}

TEST(OutageTest, HasNothingToRecoverFromWhenNobodyWaited) {
    const auto effect = effect_of(outage, {{.due_s = 15}, {.due_s = 1, .accepted_s = 1, .confirmed_s = 2}});
    EXPECT_EQ(effect.waiting, 0U);
    EXPECT_FALSE(effect.recovery_s);
}

Run run_of(const char* architecture, std::vector<Visit> visits) {
    Run run{.architecture = architecture};
    run.outage = outage;
    run.sessions.visits = std::move(visits);
    return run;
}

TEST(OutageTest, TellsWhoWasServedAndWhoWonBySoManyCustomers) {
    const lab::Run microservices =
        run_of("microservices", {{.due_s = 15, .accepted_s = 15, .confirmed_s = 27.5}});
    lab::Run monolith = run_of("monolith", {{.due_s = 15}});
    monolith.sessions.errors["checkout answered 503"] = 1;
    const auto story = outage_story(*find_profile("payment-outage"), {microservices, monolith});
    ASSERT_EQ(story.size(), 7U);
    EXPECT_EQ(
        story[0],
        "The microservices served 1 of the 1 customers who came during the outage of 10.0 s and turned 0 "
        "away; of those who came after it, 0 of 0 were served.");
    EXPECT_EQ(story[1],
              "When the outage ended, 1 accepted orders of the microservices were waiting; all of them were "
              "confirmed within 7.5 s.");
    EXPECT_EQ(story[4], "No order of the monolith was waiting when the outage ended.");
    EXPECT_NE(story[5].find("customers met \"checkout answered 503\" 1 times."), std::string::npos);
    EXPECT_EQ(
        story[6],
        "The payment outage cost the microservices 0 and the monolith 1 of the customers who came during "
        "it.");
}

TEST(OutageTest, IsNobodysLossWhenEveryOrderIsConfirmedInTheEnd) {
    const lab::Run kept = run_of("microservices", {{.due_s = 15, .accepted_s = 15, .confirmed_s = 27.5}});
    EXPECT_EQ(outage_story(*find_profile("mail-outage"), {kept, kept}).back(),
              "The mail outage cost neither shop a customer who came during it.");
}

TEST(OutageTest, SharesAreOfThoseWhoCame) {
    EXPECT_DOUBLE_EQ((Arrivals{.came = 4, .accepted = 3, .confirmed = 1}.accepted_share()), 0.75);
    EXPECT_DOUBLE_EQ((Arrivals{.came = 4, .accepted = 3, .confirmed = 1}.confirmed_share()), 0.25);
    EXPECT_DOUBLE_EQ(Arrivals{}.accepted_share(), 0);
}

TEST(OutageTest, IsSilentWhereThereWasNone) {
    const lab::Run quiet{.architecture = "monolith"};
    EXPECT_TRUE(outage_story(*find_profile("default"), {quiet, quiet}).empty());
}

} // namespace
} // namespace tandem::lab
