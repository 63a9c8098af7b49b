#include "lab/compare/progress.hpp"

#include <gtest/gtest.h>

namespace tandem::lab {
namespace {

using namespace std::chrono_literals;

TEST(ProgressTest, TellsHowFarARunIsAndHowItGoes) {
    Sessions sessions;
    sessions.sent = 60;
    sessions.accepted = 44;
    sessions.confirmed = 31;
    sessions.errors = {{"checkout answered 503", 1}};
    EXPECT_EQ(progress_text("monolith 5 orders/s", sessions, 12s, 20s),
              "  monolith 5 orders/s: 12 of 20 s, 60 begun, 44 accepted, 31 confirmed, 1 error");
}

TEST(ProgressTest, CountsOnWhenTheLastCustomersAreWaitedFor) {
    EXPECT_EQ(progress_text("x", {}, 31s, 20s), "  x: 31 s, 0 begun, 0 accepted, 0 confirmed, 0 errors");
}

} // namespace
} // namespace tandem::lab
