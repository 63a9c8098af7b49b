#include "lab/load_generator/schedule.hpp"

#include <gtest/gtest.h>

namespace tandem::lab {
namespace {

using namespace std::chrono_literals;

const Schedule::Clock::time_point begin{1'000s};

TEST(ScheduleTest, SpreadsRequestsEvenlyWhateverTheServerDoes) {
    const Schedule schedule(begin, 50, 2s, 10s);
    EXPECT_EQ(schedule.requests(), 600U);
    EXPECT_EQ(schedule.due(0), begin);
    EXPECT_EQ(schedule.due(50), begin + 1s);
    EXPECT_EQ(schedule.due(1) - schedule.due(0), 20ms);
}

TEST(ScheduleTest, DoesNotCountTheWarmUp) {
    const Schedule schedule(begin, 10, 2s, 3s);
    EXPECT_FALSE(schedule.counts(19));
    EXPECT_TRUE(schedule.counts(20));
    EXPECT_TRUE(schedule.counts(49));
}

} // namespace
} // namespace tandem::lab
