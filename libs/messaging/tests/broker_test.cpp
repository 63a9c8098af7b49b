#include "libs/async/task_group.hpp"
#include "libs/kernel/unavailable.hpp"
#include "libs/messaging/dead_letters.hpp"
#include "libs/messaging/tests/broker_shop.hpp"

namespace tandem::messaging {
namespace {

using testing::run;

/// The first message waits for `released`; the others are done at once.
Task<std::vector<Verdict>> slow_first(std::vector<Delivery> batch, const bool& released, std::size_t& done) {
    if (batch.front().body.find("\"number\":0}") != std::string::npos) {
        co_await until([&] { return released; });
    }
    done += batch.size();
    co_return std::vector<Verdict>(batch.size(), Verdict::done);
}

Task<> publish_and_tell(Publisher& publisher, OutgoingEvent event, bool& confirmed) {
    std::vector<OutgoingEvent> events;
    events.push_back(std::move(event));
    co_await publisher.publish(std::move(events));
    confirmed = true;
}

class ConsumerTest : public BrokerTest {
protected:
    void SetUp() override { publisher.start(); }
    void TearDown() override {
        background.cancel();
        run(io, background.join());
        for (const auto& consumer : consumers) {
            run(io, consumer->stop());
        }
    }
    Consumer&
    consume(BatchHandler handler, ConsumerOptions limits = {}, QueueTopology queue = quick_queue()) {
        consumers.push_back(std::make_unique<Consumer>(
            io.get_executor(), options(), std::move(queue), limits, publisher, std::move(handler)));
        Consumer& consumer = *consumers.back();
        consumer.start();
        wait_for([&] { return consumer.ready() && publisher.ready(); });
        return consumer;
    }

    async::TaskGroup background{io.get_executor()};
    std::vector<std::unique_ptr<Consumer>> consumers;
    Recorder recorder;
    Recorder dead_letters;

    /// A second consumer, on the dead-letter queue of the first.
    void collect_dead_letters() { consume(dead_letters.handler(), {}, {"test_queue.dlq", {}, {}}); }
};

TEST_F(ConsumerTest, ReceivesWhatWasPublishedWholeAndInOrder) {
    consume(recorder.handler());
    const auto events = numbered_events(1'200);

    publish(events);
    wait_for([&] { return recorder.seen.size() == events.size(); });

    for (std::size_t i = 0; i < events.size(); ++i) {
        ASSERT_EQ(recorder.seen[i].body, events[i].body);
    }
    const Delivery& first = recorder.seen.front();
    EXPECT_EQ(first.event_id, events.front().event_id);
    EXPECT_EQ(first.event_type, "thing.happened");
    EXPECT_EQ(first.routing_key, "test.thing.happened");
    EXPECT_EQ(first.context.traceparent, events.front().context.traceparent);
    EXPECT_EQ(first.context.request_id, "request-1");
    EXPECT_EQ(first.attempt, 1);
    EXPECT_FALSE(first.redelivered);
}

TEST_F(ConsumerTest, GoesThroughTheRetryQueuesAndEndsInTheDeadLetterQueue) {
    recorder.decide = [](const Delivery&) { return Verdict::retry; };
    consume(recorder.handler());
    collect_dead_letters();
    const auto event = numbered_event(7);

    publish({event});
    wait_for([&] { return dead_letters.seen.size() == 1; });

    ASSERT_EQ(recorder.seen.size(), 3u);
    for (int attempt = 1; attempt <= 3; ++attempt) {
        EXPECT_EQ(recorder.seen[static_cast<std::size_t>(attempt) - 1].attempt, attempt);
        EXPECT_EQ(recorder.seen[static_cast<std::size_t>(attempt) - 1].routing_key, "test.thing.happened");
    }
    const Delivery& dead = dead_letters.seen.front();
    EXPECT_EQ(dead.body, event.body);
    EXPECT_EQ(dead.event_id, event.event_id);
    EXPECT_EQ(dead.routing_key, "test.thing.happened");
    EXPECT_EQ(dead.context.traceparent, event.context.traceparent);
    EXPECT_EQ(dead.attempt, 3);
}

TEST_F(ConsumerTest, PutsWhatCanNeverSucceedIntoTheDeadLetterQueueAtOnceAndWhole) {
    recorder.decide = [](const Delivery&) { return Verdict::dead; };
    consume(recorder.handler());
    collect_dead_letters();
    OutgoingEvent event = numbered_event(1);
    event.body = std::string("\xFF{not JSON\0at all", 17);

    publish({event});
    wait_for([&] { return dead_letters.seen.size() == 1; });

    EXPECT_EQ(recorder.seen.size(), 1u);
    EXPECT_EQ(dead_letters.seen.front().body, event.body);
}

TEST_F(ConsumerTest, NeverShowsAHandlerAMessageWithoutAUsableEventId) {
    consume(recorder.handler());
    OutgoingEvent event = numbered_event(1);
    event.event_id = "not-a-uuid";

    publish({event});
    publish({numbered_event(2)});
    wait_for([&] { return !recorder.seen.empty(); });
    run(io, consumers.front()->stop());

    EXPECT_NE(recorder.seen.front().body.find("\"number\":2"), std::string::npos);
    const auto letters = list_dead_letters(options(), "test_queue", 10);
    ASSERT_EQ(letters.size(), 1u);
    EXPECT_EQ(letters.front().delivery.body, event.body);
    EXPECT_EQ(letters.front().error, "event_id is missing or no UUID");
}

TEST_F(ConsumerTest, OneBadMessageOfABatchHarmsOnlyItself) {
    bool together = false;
    const auto fail_on_13 = [&](const Delivery& delivery) {
        if (delivery.body.find("\"number\":13}") != std::string::npos) {
            throw std::runtime_error("number 13 breaks a constraint");
        }
        return Verdict::done;
    };
    Recorder good;
    const auto handle = [&](std::vector<Delivery> batch) {
        together = together || batch.size() > 1;
        for (const Delivery& delivery : batch) {
            fail_on_13(delivery);
        }
        return good.handle(std::move(batch));
    };
    consume(handle);
    collect_dead_letters();

    publish(numbered_events(100));
    wait_for([&] { return good.seen.size() == 99 && dead_letters.seen.size() == 1; });

    EXPECT_TRUE(together);
    EXPECT_NE(dead_letters.seen.front().body.find("\"number\":13}"), std::string::npos);
    EXPECT_EQ(dead_letters.seen.front().attempt, 3);
}

TEST_F(ConsumerTest, HoldsABatchWithoutCountingAnAttemptWhileTheEnvironmentIsBroken) {
    int refusals = 3;
    const auto handle = [&](std::vector<Delivery> batch) {
        if (refusals-- > 0) {
            throw Unavailable("the database is away");
        }
        return recorder.handle(std::move(batch));
    };
    consume(handle);

    publish({numbered_event(1)});
    wait_for([&] { return recorder.seen.size() == 1; });

    EXPECT_EQ(refusals, -1);
    EXPECT_EQ(recorder.seen.front().attempt, 1);
    EXPECT_FALSE(recorder.seen.front().redelivered);
}

TEST_F(ConsumerTest, LeavesNothingUnacknowledgedThatWasHandledBeforeStop) {
    Consumer& first = consume(recorder.handler(), {.prefetch = 50, .batch_max = 7});
    publish(numbered_events(300));
    wait_for([&] { return recorder.seen.size() > 50; });

    run(io, first.stop());
    const std::size_t handled = recorder.seen.size();
    Recorder rest;
    consume(rest.handler());
    wait_for([&] { return handled + rest.seen.size() >= 300; });

    EXPECT_EQ(handled + rest.seen.size(), 300u);
    EXPECT_FALSE(first.ready());
}

TEST_F(ConsumerTest, AcknowledgesEachBatchOnItsOwnWhenSeveralAreInProgress) {
    bool released = false;
    std::size_t done = 0;
    consume([&](std::vector<Delivery> batch) { return slow_first(std::move(batch), released, done); },
            {.prefetch = 50, .batch_max = 1, .concurrency = 8});

    // Fewer than the 32 acknowledgements from which on a quorum queue's channel holds them back.
    publish(numbered_events(20));
    wait_for([&] { return done == 19; });
    released = true;
    wait_for([&] { return done == 20; });
    run(io, consumers.front()->stop());

    Recorder rest;
    consume(rest.handler());
    publish({numbered_event(20)});
    wait_for([&] { return !rest.seen.empty(); });
    EXPECT_NE(rest.seen.front().body.find("\"number\":20}"), std::string::npos);
}

class DeadLetterTest : public ConsumerTest {};

TEST_F(DeadLetterTest, AreListedWithoutRemovingThemAndReplayedAsAFirstAttempt) {
    bool broken = true;
    recorder.decide = [&](const Delivery&) { return broken ? Verdict::retry : Verdict::done; };
    consume(recorder.handler());
    publish(numbered_events(5));
    wait_for([&] { return recorder.seen.size() == 15; });
    wait_for([&] { return list_dead_letters(options(), "test_queue", 100).size() == 5; });

    EXPECT_EQ(list_dead_letters(options(), "test_queue", 2).size(), 2u);
    const auto letters = list_dead_letters(options(), "test_queue", 100);
    ASSERT_EQ(letters.size(), 5u);
    EXPECT_EQ(letters.front().error, "the handler asks for another attempt");
    EXPECT_EQ(letters.front().delivery.attempt, 3);

    broken = false;
    recorder.seen.clear();
    EXPECT_EQ(replay_dead_letters(options(), "test_queue", 2), 2u);
    EXPECT_EQ(replay_dead_letters(options(), "test_queue", 100), 3u);
    wait_for([&] { return recorder.seen.size() == 5; });

    EXPECT_EQ(recorder.seen.front().attempt, 1);
    EXPECT_EQ(recorder.seen.front().routing_key, "test.thing.happened");
    EXPECT_TRUE(list_dead_letters(options(), "test_queue", 100).empty());
}

TEST_F(DeadLetterTest, CanBeTakenAgainAsSoonAsTheyAreListed) {
    recorder.decide = [](const Delivery&) { return Verdict::dead; };
    consume(recorder.handler());
    publish(numbered_events(50));
    wait_for([&] { return recorder.seen.size() == 50; });
    wait_for([&] { return list_dead_letters(options(), "test_queue", 100).size() == 50; });

    for (int time = 0; time < 20; ++time) {
        ASSERT_EQ(list_dead_letters(options(), "test_queue", 100).size(), 50u)
            << "listed " << time << " times";
    }
    EXPECT_EQ(replay_dead_letters(options(), "test_queue", 100), 50u);
}

TEST_F(DeadLetterTest, OfAQueueThatDoesNotExistAreUnavailable) {
    EXPECT_THROW(list_dead_letters(options(), "no_such_queue", 1), Unavailable);
    EXPECT_THROW(replay_dead_letters(options(), "no_such_queue", 1), Unavailable);
}

TEST_F(ConsumerTest, KeepsAnEventThatNoQueueTakesUntilOneDoes) {
    wait_for([&] { return publisher.ready(); });
    bool confirmed = false;
    const auto attempt =
        run(io, publisher.try_publish({numbered_event(1)}, std::chrono::steady_clock::time_point::max()));
    EXPECT_EQ(attempt, std::vector<bool>{false});

    background.spawn("publish", publish_and_tell(publisher, numbered_event(2), confirmed));
    consume(recorder.handler());
    wait_for([&] { return confirmed && recorder.seen.size() == 1; });
    run(io, background.join());

    EXPECT_NE(recorder.seen.front().body.find("\"number\":2}"), std::string::npos);
}

} // namespace
} // namespace tandem::messaging
