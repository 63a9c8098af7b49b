#include "lab/chaos/fault_plan.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace tandem::lab {
namespace {

using namespace std::chrono_literals;

const Targets shop{.applications = {"gateway", "order-service", "payment-provider"},
                   .stores = {"order-db", "rabbitmq", "redis"},
                   .others = {"mail"},
                   .queues = {"email_service_queue"}};

TEST(FaultPlanTest, TheSameSeedGivesTheSamePlan) {
    EXPECT_EQ(plan_faults(7, 10min, shop), plan_faults(7, 10min, shop));
    EXPECT_NE(plan_faults(7, 10min, shop), plan_faults(8, 10min, shop));
}

TEST(FaultPlanTest, IsTheSameOnEveryMachine) {
    std::vector<std::string> names;
    for (const Fault& fault : plan_faults(1, 30s, shop)) {
        names.push_back(name_of(fault));
    }
    EXPECT_EQ(names,
              (std::vector<std::string>{"freeze payment-provider", "rolling restart", "provider slow"}));
}

TEST(FaultPlanTest, AShortRunIsTheBeginningOfALongOne) {
    const auto minute = plan_faults(7, 1min, shop);
    const auto hour = plan_faults(7, 1h, shop);
    ASSERT_FALSE(minute.empty());
    ASSERT_GT(hour.size(), minute.size());
    EXPECT_TRUE(std::equal(minute.begin(), minute.end(), hour.begin()));
}

TEST(FaultPlanTest, OneFaultIsOverBeforeTheNextBegins) {
    const auto faults = plan_faults(3, 10min, shop);
    for (std::size_t i = 1; i < faults.size(); ++i) {
        EXPECT_GE(faults[i].begin, faults[i - 1].begin + faults[i - 1].length + 2s) << name_of(faults[i]);
    }
    EXPECT_LE(faults.back().begin + faults.back().length, 10min);
}

TEST(FaultPlanTest, EveryKindComesBeforeOneComesAgain) {
    std::set<std::string_view> kinds;
    for (const Fault& fault : plan_faults(5, 2min, shop)) {
        kinds.insert(to_string(fault.kind));
    }
    EXPECT_EQ(kinds.size(), 9);
}

TEST(FaultPlanTest, WhatPromisesNothingAboutACrashIsNotKilled) {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        for (const Fault& fault : plan_faults(seed, 10min, shop)) {
            EXPECT_FALSE(fault.kind == FaultKind::kill && fault.target == "mail");
        }
    }
}

TEST(FaultPlanTest, WhereNoQueueIsThereIsNoPoison) {
    Targets monolith = shop;
    monolith.queues.clear();
    const auto faults = plan_faults(5, 10min, monolith);
    EXPECT_EQ(std::ranges::find(faults, FaultKind::poison, &Fault::kind), faults.end());
}

TEST(FaultPlanTest, NoTimeNoFaults) {
    EXPECT_TRUE(plan_faults(1, 1s, shop).empty());
}

} // namespace
} // namespace tandem::lab
