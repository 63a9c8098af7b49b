#include "libs/kernel/unavailable.hpp"
#include "monolith/tests/integration/buses.hpp"

#include <array>
#include <iterator>

namespace tandem::monolith {
namespace {

using ::testing::Each;
using ::testing::UnorderedElementsAre;
using ::testing::UnorderedElementsAreArray;

/// Processes and the database come and go; no event is lost.
class BusRecoveryTest : public EventBusTest {
protected:
    /// As a handler that takes its time.
    static Task<Verdicts> when_notified(async::Event& event, Verdicts verdicts) {
        co_await event.wait_for(std::chrono::hours(1));
        co_return verdicts;
    }
    static Task<Verdicts> at_once(Verdicts verdicts) { co_return verdicts; }
    static Verdicts all_done(const std::vector<Delivery>& batch) {
        return Verdicts(batch.size(), Verdict::done);
    }
    Listener listener;
};

TEST_F(BusRecoveryTest, DeliversAgainWhatADeadProcessHadInHand) {
    const auto ids = register_users(3);
    async::Event never(loop.get_executor());
    int in_hand = 0;
    const auto hang = [&](std::vector<Delivery> batch) {
        in_hand += static_cast<int>(batch.size());
        return when_notified(never, all_done(batch));
    };
    start({{"queue", {"user.user.registered"}, hang}}); // dies with the batch in hand
    until("the batch", [&] { return in_hand == 3; });
    processes.clear();
    ASSERT_EQ(number("SELECT count(*) FROM deliveries WHERE due_at > now()"), 3)
        << "nobody else's for a while";

    execute("UPDATE deliveries SET due_at = now()");
    start("queue", listener);
    until("the next process", [&] { return waiting() == 0; });
    EXPECT_THAT(listener.ids(), UnorderedElementsAreArray(ids));
    EXPECT_THAT(listener.seen, Each(::testing::Field(&Delivery::attempt, 1)))
        << "that was not the events' fault";
}

TEST_F(BusRecoveryTest, SharesTheWorkBetweenProcessesAndHandlesEachEventOnce) {
    std::array<std::vector<std::string>, 2> handled;
    std::array<async::Event, 2> begun{async::Event(loop.get_executor()), async::Event(loop.get_executor())};
    const auto ids = register_users(60);
    for (const std::size_t self : {0U, 1U}) { // neither ends its first batch before the other has one
        const auto handler = [&, self](std::vector<Delivery> batch) {
            std::ranges::transform(batch, std::back_inserter(handled[self]), &Delivery::event_id);
            begun[self].notify();
            const std::size_t other = 1 - self;
            return handled[other].empty() ? when_notified(begun[other], all_done(batch))
                                          : at_once(all_done(batch));
        };
        start({{"queue", {"user.user.registered"}, handler, 5}});
    }
    until("all", [&] { return handled[0].size() + handled[1].size() >= 60 && waiting() == 0; });

    EXPECT_THAT(handled, Each(::testing::Not(::testing::IsEmpty())));
    handled[0].insert(handled[0].end(), handled[1].begin(), handled[1].end());
    EXPECT_THAT(handled[0], UnorderedElementsAreArray(ids));
}

TEST_F(BusRecoveryTest, GoesOnAfterTheServerHasRefusedItsStatements) {
    execute("CREATE SEQUENCE refused_insert");
    execute("CREATE SEQUENCE refused_update");
    execute("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN PERFORM nextval('refused_' || lower(TG_OP)); RAISE 'no'; END $$");
    const auto in_hand = register_users(1);
    execute(
        "WITH moved AS (DELETE FROM users.outbox RETURNING *)"
        " INSERT INTO deliveries (queue, event_id, routing_key, event_type, body, traceparent, request_id)"
        " SELECT 'queue', event_id, routing_key, event_type, body, '', '' FROM moved");
    const auto in_outbox = register_users(1);
    execute("CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON deliveries FOR EACH ROW"
            " EXECUTE FUNCTION refuse()");
    start("queue", listener);
    until("refusals of both", [&] {
        return number("SELECT least(i.last_value, u.last_value) FROM refused_insert i, refused_update u") > 1;
    });
    execute("DROP TRIGGER refuse ON deliveries");

    until("both", [&] { return listener.seen.size() == 2; });
    EXPECT_THAT(listener.ids(), UnorderedElementsAre(in_hand[0], in_outbox[0]));
}

TEST_F(BusRecoveryTest, GoesOnAfterTheDatabaseWasAway) {
    start("queue", listener);
    register_users(1);
    until("the first", [&] { return listener.seen.size() == 1 && waiting() == 0; });
    testing::PostgresServer::shared().restart();
    until("the second", [&] {
        try {
            return !register_users(1).empty();
        } catch (const Unavailable&) {
            return false;
        }
    });
    until("it", [&] { return listener.seen.size() >= 2; });
}

} // namespace
} // namespace tandem::monolith
