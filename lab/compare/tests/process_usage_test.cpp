#include "lab/compare/process_usage.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

namespace tandem::lab {
namespace {

constexpr auto backend =
    "4711 (postgres: a) b) S 42 4711 4711 0 -1 4194560 1 2 3 4 100 20 7 3 20 0 1 0 99 1 2 3";

TEST(ProcessUsageTest, ReadsAStatLineWhoseNameHoldsBlanksAndParentheses) {
    const auto stat = parse_stat(backend);
    ASSERT_TRUE(stat);
    EXPECT_EQ(stat->pid, 4711);
    EXPECT_EQ(stat->parent, 42);
}

TEST(ProcessUsageTest, CountsTheTimeOfChildrenThatHaveEnded) {
    EXPECT_EQ(parse_stat(backend)->cpu_ticks, 100U + 20U + 7U + 3U);
}

TEST(ProcessUsageTest, RefusesWhatIsNoStatLine) {
    EXPECT_FALSE(parse_stat(""));
    EXPECT_FALSE(parse_stat("4711 (cut off) S 42 1 1 0"));
    EXPECT_FALSE(parse_stat("no line at all"));
}

TEST(ProcessUsageTest, TellsOwnMemoryFromSharedMemory) {
    const auto memory = parse_status("Name:\tx\nVmRSS:\t  600 kB\nRssAnon:\t  100 kB\nRssFile:\t  200 kB\n"
                                     "RssShmem:\t  300 kB\n");
    EXPECT_EQ(memory.own_kib, 100);
    EXPECT_EQ(memory.shared_kib, 500);
    EXPECT_EQ(parse_status("Name:\tkthreadd\n").own_kib, 0);
}

TEST(ProcessUsageTest, FindsGrandchildrenAndNobodyElse) {
    const std::vector<ProcessStat> all{{4, 3, 1}, {1, 0, 1}, {3, 2, 1}, {2, 1, 1}, {9, 1, 1}};
    const auto tree = tree_of(2, all);
    ASSERT_EQ(tree.size(), 3U);
    EXPECT_EQ(tree.back().pid, 4);
    EXPECT_TRUE(tree_of(77, all).empty());
}

TEST(ProcessUsageTest, ReadsAPart) {
    const auto part = SupervisedPart::parse("monolith:databases:monolith-db=4711");
    ASSERT_TRUE(part);
    EXPECT_EQ(part->architecture, "monolith");
    EXPECT_EQ(part->kind, Kind::databases);
    EXPECT_EQ(part->name, "monolith-db");
    EXPECT_EQ(part->pid, 4711);
}

TEST(ProcessUsageTest, RefusesAPartThatMakesNoSense) {
    for (const char* text :
         {"", "monolith", "a:shop=1", "a:cellar:x=1", "a:shop:x=", "a:shop:x=-3", "a:shop:x=1y"}) {
        EXPECT_FALSE(SupervisedPart::parse(text)) << text;
    }
}

TEST(ProcessUsageTest, MeasuresThisVeryProcess) {
    const Usage usage = usage_of({{"monolith", Kind::shop, "test", ::getpid()}});
    EXPECT_GT(usage.memory_mib.shop, 0);
    EXPECT_EQ(usage.memory_mib.broker, 0);
}

} // namespace
} // namespace tandem::lab
