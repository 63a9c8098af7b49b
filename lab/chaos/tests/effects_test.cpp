#include "lab/chaos/effects.hpp"
#include "lab/chaos/timeline.hpp"

#include <gtest/gtest.h>

namespace tandem::lab {
namespace {

Visit accepted_visit(double due_s, double accepted_s, double paid_s) {
    return {.due_s = due_s,
            .first = Answer::accepted,
            .last = Answer::accepted,
            .first_answer_s = accepted_s,
            .accepted_s = accepted_s,
            .ended_s = paid_s,
            .end = "paid"};
}

Visit cut_visit(double due_s, Answer last) {
    return {.due_s = due_s,
            .first = Answer::ambiguous,
            .last = last,
            .first_answer_s = due_s + 1,
            .was_ambiguous = true};
}

const FaultRecord fault{.name = "kill gateway", .begin_s = 10, .healed_s = 11, .end_s = 14};

TEST(EffectsTest, ACustomerBelongsToTheTimeAtWhichHeCame) {
    const std::deque<Visit> visits{accepted_visit(9.9, 10.5, 11),
                                   cut_visit(10, Answer::accepted),
                                   accepted_visit(13, 13.1, 13.2),
                                   accepted_visit(14, 14.1, 14.2)};
    const Availability during = effect_of(fault, visits).during;
    EXPECT_EQ(during.came, 2);
    EXPECT_EQ(during.answered, 1);
    EXPECT_DOUBLE_EQ(during.share(), 0.5);
    const Availability outside = outside_of({fault}, visits);
    EXPECT_EQ(outside.came, 2);
    EXPECT_DOUBLE_EQ(outside.share(), 1);
}

TEST(EffectsTest, ARightRefusalIsAnAnswer) {
    Availability availability;
    availability.count({.first = Answer::refused});
    availability.count({.first = Answer::turned_away});
    EXPECT_DOUBLE_EQ(availability.share(), 0.5);
}

TEST(EffectsTest, RecoveryIsTheFirstSuccessOfWhoCameAfterTheCauseWasGone) {
    const std::deque<Visit> visits{accepted_visit(10.9, 11.1, 11.2), // came before
                                   accepted_visit(12, 13.5, 20),
                                   accepted_visit(13, 13.2, 21)};
    const FaultEffect effect = effect_of(fault, visits);
    ASSERT_TRUE(effect.recovery_accepted_s && effect.recovery_paid_s);
    EXPECT_DOUBLE_EQ(*effect.recovery_accepted_s, 13.2 - 11);
    EXPECT_DOUBLE_EQ(*effect.recovery_paid_s, 20 - 11);
}

TEST(EffectsTest, WhatNeverCameBackHasNoRecovery) {
    const FaultEffect effect = effect_of(fault, {accepted_visit(5, 6, 7), cut_visit(12, Answer::ambiguous)});
    EXPECT_FALSE(effect.recovery_accepted_s);
    EXPECT_FALSE(effect.recovery_paid_s);
}

TEST(EffectsTest, AmbiguousOnesAreCountedByTheirEnd) {
    Visit refused = cut_visit(3, Answer::refused);
    refused.reason = "402: declined";
    Visit failed = accepted_visit(4, 5, 6);
    failed.end = "failed: out_of_stock";
    Visit open = accepted_visit(5, 6, 0);
    open.end.clear();
    const Totals totals = totals_of({cut_visit(1, Answer::accepted),
                                     cut_visit(2, Answer::ambiguous),
                                     refused,
                                     failed,
                                     open,
                                     accepted_visit(6, 7, 8)});
    EXPECT_EQ(totals.came, 6);
    EXPECT_EQ(totals.ambiguous, 3);
    EXPECT_EQ(totals.ambiguous_accepted, 1);
    EXPECT_EQ(totals.ambiguous_refused, 1);
    EXPECT_EQ(totals.unknown, 1);
    EXPECT_EQ(totals.accepted, 4);
    EXPECT_EQ(totals.confirmed, 1);
    EXPECT_EQ(totals.open, 2);
    const std::map<std::string, std::int64_t> rejected{{"402: declined", 1}, {"failed: out_of_stock", 1}};
    EXPECT_EQ(totals.rejected, rejected);
}

TEST(TimelineTest, CountsWhatEachSecondSaw) {
    const auto seconds = timeline_of(
        {accepted_visit(0.2, 0.3, 2.5), accepted_visit(0.4, 1.4, 2.9), cut_visit(1.5, Answer::none)});
    ASSERT_EQ(seconds.size(), 3);
    EXPECT_EQ(seconds[0].came, 2);
    EXPECT_EQ(seconds[0].accepted, 1);
    EXPECT_NEAR(seconds[0].latency_ms_max, 1'000, 1e-6);
    EXPECT_EQ(seconds[1].accepted, 1);
    EXPECT_EQ(seconds[1].not_at_once, 1);
    EXPECT_EQ(seconds[2].paid, 2);
}

} // namespace
} // namespace tandem::lab
