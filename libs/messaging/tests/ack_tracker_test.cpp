#include "libs/messaging/ack_tracker.hpp"

#include <gtest/gtest.h>

namespace tandem::messaging {
namespace {

AckTracker tracker_with(std::uint64_t last_tag) {
    AckTracker tracker;
    for (std::uint64_t tag = 1; tag <= last_tag; ++tag) {
        tracker.delivered(tag);
    }
    return tracker;
}

using Acks = std::vector<Ack>;

TEST(AckTracker, AcknowledgesABatchInOrderAtOnce) {
    AckTracker tracker = tracker_with(10);

    EXPECT_EQ(tracker.settle({1, 2, 3, 4}), (Acks{{4, true}}));
    EXPECT_EQ(tracker.settle({5, 6, 7, 8, 9, 10}), (Acks{{10, true}}));
    EXPECT_EQ(tracker.open(), 0u);
}

TEST(AckTracker, NeverCoversADeliveryThatIsStillInHand) {
    AckTracker tracker = tracker_with(6);

    EXPECT_EQ(tracker.settle({3, 4}), (Acks{{3, false}, {4, false}}));
    EXPECT_EQ(tracker.settle({1}), (Acks{{1, true}}));
    EXPECT_EQ(tracker.settle({2, 6}), (Acks{{2, true}, {6, false}}));
    EXPECT_EQ(tracker.settle({5}), (Acks{{5, true}}));
}

} // namespace
} // namespace tandem::messaging
