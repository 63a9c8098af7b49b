#include "lab/compare/verdicts.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace tandem::lab {
namespace {

using namespace std::chrono_literals;

Run run_of(const char* architecture, std::chrono::milliseconds accepted, double cpu_s) {
    Run run{.architecture = architecture, .load = {1'000, 2}};
    run.sessions.sent = run.sessions.accepted = run.sessions.confirmed = 1;
    run.sessions.time_to_accepted.record(accepted);
    run.sessions.time_to_confirmed.record(3s);
    run.sessions.last_confirmed_s = 3;
    run.cpu_s.shop = cpu_s;
    return run;
}

Figure figure(const std::string& name, const Run& microservices, const Run& monolith) {
    const auto all = figures(microservices, monolith);
    const auto found = std::ranges::find(all, name, &Figure::name);
    return found == all.end() ? Figure{} : *found;
}

TEST(VerdictsTest, SaysWhoIsFasterAndByHowMuch) {
    const auto found =
        figure("Time to accepted, p50", run_of("microservices", 10ms, 1), run_of("monolith", 3000ms, 1));
    EXPECT_EQ(found.winner, "microservices");
    EXPECT_EQ(found.verdict,
              "Time to accepted, p50: the microservices win, 10.0 ms against 3.00 s, 300 times faster.");
}

TEST(VerdictsTest, GivesTheMonolithItsDue) {
    const auto found =
        figure("CPU per order, all", run_of("microservices", 10ms, 0.03), run_of("monolith", 10ms, 0.01));
    EXPECT_EQ(found.winner, "monolith");
    EXPECT_EQ(found.verdict,
              "CPU per order, all: the monolith wins, 10.0 ms against 30.0 ms, 3.0 times less.");
}

TEST(VerdictsTest, CallsASmallDifferenceNone) {
    const auto found =
        figure("CPU per order, all", run_of("microservices", 10ms, 0.0100), run_of("monolith", 10ms, 0.0104));
    EXPECT_EQ(found.winner, "");
    EXPECT_EQ(found.verdict, "CPU per order, all: no difference worth the name.");
}

TEST(VerdictsTest, MoreOrdersAreBetterAndMoreErrorsWorse) {
    lab::Run microservices = run_of("microservices", 10ms, 1);
    lab::Run monolith = run_of("monolith", 10ms, 1);
    monolith.sessions.last_confirmed_s = 30;
    monolith.sessions.errors["checkout answered 503"] = 4;
    EXPECT_EQ(figure("Orders sustained", microservices, monolith).winner, "microservices");
    const auto errors = figure("Errors", microservices, monolith);
    EXPECT_EQ(errors.verdict, "Errors: the microservices win, 0 against 4.");
}

TEST(VerdictsTest, ComparesNoLatencyOfAShopThatAcceptedNothing) {
    const lab::Run dead{.architecture = "monolith", .load = {1'000, 2}};
    EXPECT_EQ(figure("Time to accepted, p50", run_of("microservices", 10ms, 1), dead).name, "");
    EXPECT_EQ(figure("Orders sustained", run_of("microservices", 10ms, 1), dead).winner, "microservices");
}

TEST(VerdictsTest, SumsUpWhatEachShopWins) {
    const auto sentences = summary(run_of("microservices", 10ms, 0.03), run_of("monolith", 3000ms, 0.01));
    ASSERT_EQ(sentences.size(), 2U);
    EXPECT_EQ(sentences[0],
              "The microservices win: Time to accepted, p50 (10.0 ms against 3.00 s); Time to accepted, p99 "
              "(10.0 ms against 3.00 s).");
    EXPECT_EQ(sentences[1], "The monolith wins: CPU per order, all (10.0 ms against 30.0 ms).");
}

TEST(VerdictsTest, SaysOfWhomTheTimesOfAShopThatRefusedCustomersAre) {
    lab::Run monolith = run_of("monolith", 10ms, 0.03);
    monolith.sessions.sent = 9;
    const auto sentences = summary(run_of("microservices", 10ms, 0.03), monolith);
    ASSERT_EQ(sentences.size(), 1U);
    EXPECT_TRUE(sentences[0].starts_with("Of the 9 customers who came to the monolith, 1 were served;"))
        << sentences[0];
}

TEST(VerdictsTest, CountsWhomAnOutageCost) {
    lab::Run microservices = run_of("microservices", 10ms, 1);
    lab::Run monolith = run_of("monolith", 10ms, 1);
    EXPECT_EQ(figure("Customers served in the outage", microservices, monolith).name, "");
    microservices.outage = monolith.outage = OutageWindow{.begin_s = 1, .end_s = 2};
    microservices.sessions.visits = {{.due_s = 1.5, .accepted_s = 1.6, .confirmed_s = 9}};
    monolith.sessions.visits = {{.due_s = 1.5}};
    EXPECT_EQ(figure("Customers served in the outage", microservices, monolith).winner, "microservices");
    EXPECT_EQ(figure("Their orders confirmed in the end", microservices, monolith).monolith, "0 %");
}

TEST(VerdictsTest, WritesFiguresAsPeopleReadThem) {
    EXPECT_EQ(ms_text(3.456), "3.46 ms");
    EXPECT_EQ(ms_text(120.4), "120 ms");
    EXPECT_EQ(ms_text(3012), "3.01 s");
    EXPECT_EQ(bytes_text(512), "512 B");
    EXPECT_EQ(bytes_text(2048), "2.0 KiB");
}

} // namespace
} // namespace tandem::lab
