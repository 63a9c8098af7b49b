#include "libs/messaging/retry_path.hpp"

#include <gtest/gtest.h>

namespace tandem::messaging {
namespace {

const QueueTopology queue{"q", {}, {std::chrono::milliseconds(1), std::chrono::milliseconds(2)}};

Delivery attempt(int number) {
    Delivery delivery;
    delivery.event_id = "e";
    delivery.attempt = number;
    return delivery;
}

TEST(RetryPathTest, LeadsThroughTheRetryQueuesInTheirOrder) {
    const QueueMessage first = moved(queue, attempt(1), {Verdict::retry, "why"});
    const QueueMessage second = moved(queue, attempt(2), {Verdict::retry, "why"});

    EXPECT_EQ(first.queue, "q.retry.1");
    EXPECT_EQ(first.delivery.attempt, 2);
    EXPECT_EQ(first.reason, "why");
    EXPECT_EQ(second.queue, "q.retry.2");
    EXPECT_EQ(second.delivery.attempt, 3);
}

TEST(RetryPathTest, EndsInTheDeadLettersAfterTheLastAttempt) {
    const QueueMessage last = moved(queue, attempt(3), {Verdict::retry, "why"});

    EXPECT_EQ(last.queue, "q.dlq");
    EXPECT_EQ(last.delivery.attempt, 3);
}

TEST(RetryPathTest, TakesWhatCanNeverSucceedToTheDeadLettersAtOnce) {
    EXPECT_EQ(moved(queue, attempt(1), {Verdict::dead, "no JSON"}).queue, "q.dlq");
}

} // namespace
} // namespace tandem::messaging
