#include "monolith/infrastructure/postgres_dead_letters.hpp"
#include "monolith/tests/integration/buses.hpp"

namespace tandem::monolith {
namespace {

/// Deliveries that a handler has given up, as an administrator sees them.
class DeadLettersTest : public EventBusTest {
protected:
    void until_there_are(std::size_t count) {
        until("the dead letters", [&] { return testing::run(loop, letters.list(100)).size() == count; });
    }

    Listener listener;
    BusProcess* bus = nullptr;
    PostgresDeadLetters letters{pool, [this] { bus->wake(); }};
};

TEST_F(DeadLettersTest, AreShownAndGoToTheirHandlerAgain) {
    listener.decide = [](const auto& batch) { return Verdicts(batch.size(), Verdict::dead); };
    const auto ids = register_users(2);
    bus = &start("email_service_queue", listener);
    until_there_are(2);
    const auto found = testing::run(loop, letters.list(1));
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].queue, "email_service_queue");
    EXPECT_EQ(found[0].event_id, ids[0]);
    EXPECT_EQ(found[0].event_type, "user.registered");
    EXPECT_EQ(found[0].body, "{}");

    listener.decide = [](const auto& batch) { return Verdicts(batch.size(), Verdict::done); };
    listener.seen.clear();
    EXPECT_EQ(testing::run(loop, letters.replay("cart_service_queue", 100)), 0u);
    EXPECT_EQ(testing::run(loop, letters.replay("email_service_queue", 1)), 1u);
    until("the first again", [&] { return waiting() == 1; });
    EXPECT_THAT(listener.ids(), ::testing::ElementsAre(ids[0]));
    EXPECT_EQ(listener.seen[0].attempt, 1);
}

TEST_F(DeadLettersTest, AreInTheQueuesOfTheShop) {
    EXPECT_TRUE(letters.has_queue("email_service_queue"));
    EXPECT_FALSE(letters.has_queue("deliveries"));
}

} // namespace
} // namespace tandem::monolith
