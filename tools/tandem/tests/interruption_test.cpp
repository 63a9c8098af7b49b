#include "tools/tandem/interruption.hpp"
#include "tools/tandem/process.hpp"

#include <gtest/gtest.h>

namespace tandem::local {
namespace {

TEST(InterruptionTest, HandsASignalThatOnlyThisProcessWasSentOnToItsChild) {
    const Interruption interruption;
    EXPECT_FALSE(interruption.has_come());
    const int ended = run_here({.arguments = {"sh", "-c", "while :; do kill -INT $PPID; sleep 0.02; done"}});
    EXPECT_EQ(ended, 130);
    EXPECT_TRUE(interruption.has_come());
}

TEST(InterruptionTest, BeginsAnewWithTheNextOne) {
    EXPECT_FALSE(Interruption().has_come());
}

} // namespace
} // namespace tandem::local
