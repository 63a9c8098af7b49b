#include "flight-recorder/flight_log.hpp"
#include "flight-recorder/tests/unit/samples.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace tandem::recorder {
namespace {

using namespace std::chrono_literals;
using samples::noon;
using samples::span;
using ::testing::ElementsAre;

class FlightLogTest : public ::testing::Test {
protected:
    void add(ReceivedSpan received) {
        std::vector<ReceivedSpan> one;
        one.push_back(std::move(received));
        log.add(std::move(one), now);
    }
    void end(int trace, std::uint64_t id, std::int64_t order_id) {
        auto last = span(trace, id, order_id);
        last.span.ends_order = true;
        add(std::move(last));
    }
    void mail(int trace, std::uint64_t id, std::int64_t order_id) {
        auto told = span(trace, id, order_id);
        told.span.settles_mail = true;
        add(std::move(told));
    }
    std::vector<std::uint64_t> ids(std::int64_t order_id) const {
        std::vector<std::uint64_t> found;
        if (const auto flight = log.find(order_id, now)) {
            for (const FlightSpan& each : flight->spans) {
                found.push_back(each.span.id);
            }
        }
        return found;
    }
    bool is_complete(std::int64_t order_id) const { return log.find(order_id, now)->is_complete; }

    Timestamp now = noon;
    std::map<Drop, std::size_t> dropped;
    FlightLog log{{.orders_max = 2,
                   .spans_max = 20,
                   .spans_per_trace_max = 8,
                   .traces_per_order_max = 3,
                   .unclaimed_for = 60s},
                  [this](Drop why, std::size_t spans) { dropped[why] += spans; }};
};

TEST_F(FlightLogTest, GathersAllOfATraceThatNamesTheOrderSoonerOrLater) {
    add(span(1, 10));
    EXPECT_FALSE(log.find(17, now));
    add(span(1, 12, 17));
    add(span(1, 11));
    add(span(2, 99));
    EXPECT_THAT(ids(17), ElementsAre(10, 11, 12));
    EXPECT_EQ(log.find(17, now)->spans.front().trace_id, samples::trace(1));
}

TEST_F(FlightLogTest, JoinsTheTracesOfOneOrder) {
    add(span(1, 10, 17));
    add(span(2, 20, 17));
    add(span(2, 5));
    EXPECT_THAT(ids(17), ElementsAre(5, 10, 20));
}

TEST_F(FlightLogTest, KeepsOrdersOfOneTraceApart) {
    add(span(1, 10));
    add(span(1, 11, 17));
    add(span(1, 12, 18));
    EXPECT_THAT(ids(17), ElementsAre(10, 11));
    EXPECT_THAT(ids(18), ElementsAre(10, 12));
}

TEST_F(FlightLogTest, PutsWhatEnclosesOthersFirst) {
    auto inner = span(1, 1, 17);
    auto outer = span(1, 2, 17);
    inner.span.start_us = outer.span.start_us = 100;
    inner.span.duration_us = 5;
    outer.span.duration_us = 50;
    add(std::move(inner));
    add(std::move(outer));
    EXPECT_THAT(ids(17), ElementsAre(2, 1));
}

TEST_F(FlightLogTest, BelievesTheFirstWhoNamesTheOwner) {
    add(span(1, 10, 17));
    auto placed = span(1, 11, 17);
    placed.span.owner = 41;
    add(std::move(placed));
    auto other = span(2, 12, 17);
    other.span.owner = 666;
    add(std::move(other));
    EXPECT_EQ(log.find(17, now)->owner, 41);
}

TEST_F(FlightLogTest, TakesNoOwnerFromASpanWithoutAnOrder) {
    auto caller = span(1, 10);
    caller.span.owner = 666;
    add(std::move(caller));
    add(span(1, 11, 17));
    EXPECT_EQ(log.find(17, now)->owner, 0);
}

TEST_F(FlightLogTest, IsCompleteWhenTheOrderHasEndedItsMailIsSettledAndAllIsQuiet) {
    end(1, 10, 17);
    now += 10s;
    EXPECT_FALSE(is_complete(17)) << "its mail is still to come";
    mail(1, 11, 17);
    EXPECT_FALSE(is_complete(17)) << "something may be on its way";
    now += 2s;
    EXPECT_TRUE(is_complete(17));
    end(2, 20, 17);
    now += 2s;
    EXPECT_FALSE(is_complete(17)) << "cancelled after it was paid: another mail is due";
    mail(2, 21, 17);
    now += 2s;
    EXPECT_TRUE(is_complete(17));
}

TEST_F(FlightLogTest, WaitsAMinuteForAMailThatNeverComes) {
    end(1, 10, 17);
    now += 60s;
    EXPECT_TRUE(is_complete(17));
    add(span(2, 20, 18));
    now += 1h;
    EXPECT_FALSE(is_complete(18)) << "an order that waits has not ended";
}

TEST_F(FlightLogTest, ForgetsTheOldestOrderFirst) {
    add(span(1, 10, 17));
    add(span(1, 11));
    add(span(2, 20, 18));
    add(span(3, 30, 19));
    EXPECT_FALSE(log.find(17, now));
    EXPECT_TRUE(log.find(18, now));
    EXPECT_EQ(dropped[Drop::evicted], 2U);
    EXPECT_EQ(log.spans(), 2U);
    EXPECT_EQ(log.traces(), 2U);
}

TEST_F(FlightLogTest, KeepsATraceForAsLongAsOneOfItsOrders) {
    add(span(1, 10, 17));
    add(span(1, 11, 18));
    add(span(3, 30, 19));
    EXPECT_THAT(ids(18), ElementsAre(11));
    EXPECT_EQ(log.traces(), 2U);
    add(span(4, 40, 20));
    EXPECT_EQ(log.traces(), 2U);
    EXPECT_EQ(dropped[Drop::evicted], 2U);
}

TEST_F(FlightLogTest, ForgetsTracesThatNameNoOrderInTime) {
    add(span(1, 10));
    now += 59s;
    add(span(2, 20));
    EXPECT_EQ(log.traces(), 2U);
    now += 1s;
    add(span(3, 30, 17));
    EXPECT_EQ(log.traces(), 2U);
    EXPECT_EQ(dropped[Drop::unclaimed], 1U);
}

TEST_F(FlightLogTest, GivesUpTracesWithoutAnOrderBeforeOrders) {
    add(span(1, 1, 17));
    for (std::uint64_t id = 2; id <= 25; ++id) {
        add(span(static_cast<int>(id), id));
    }
    EXPECT_TRUE(log.find(17, now));
    EXPECT_EQ(log.spans(), 20U);
    EXPECT_EQ(dropped[Drop::unclaimed], 5U);
}

TEST_F(FlightLogTest, BoundsATraceAndTheTracesOfAnOrder) {
    for (std::uint64_t id = 1; id <= 10; ++id) {
        add(span(1, id, 17));
    }
    EXPECT_EQ(ids(17).size(), 8U);
    EXPECT_EQ(dropped[Drop::too_many], 2U);
    for (int trace = 2; trace <= 5; ++trace) {
        add(span(trace, 100 + static_cast<std::uint64_t>(trace), 17));
    }
    EXPECT_EQ(ids(17).size(), 10U) << "three traces";
}

TEST_F(FlightLogTest, StaysWithinItsBoundsWhateverComes) {
    std::uint64_t id = 0;
    for (int round = 0; round < 2'000; ++round) {
        const int trace = 1 + round * 7 % 31;
        const std::int64_t order_id = round * 11 % 13;
        add(span(trace, ++id, order_id));
        now += 1s;
        ASSERT_LE(log.spans(), 20U);
        ASSERT_LE(log.orders(), 2U);
    }
}

} // namespace
} // namespace tandem::recorder
