#include "lab/compare/verdicts.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace tandem::lab {
namespace {

using namespace std::chrono_literals;

Run run_of(const char* architecture, std::chrono::milliseconds accepted, double cpu_s) {
    Run run{.architecture = architecture, .rate = 2};
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
    const lab::Run dead{.architecture = "monolith", .rate = 2};
    EXPECT_EQ(figure("Time to accepted, p50", run_of("microservices", 10ms, 1), dead).name, "");
    EXPECT_EQ(figure("Orders sustained", run_of("microservices", 10ms, 1), dead).winner, "microservices");
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
