#include "libs/kernel/unavailable.hpp"
#include "monolith/infrastructure/event_bus_statements.hpp"
#include "monolith/tests/integration/buses.hpp"

#include <cmath>

namespace tandem::monolith {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;
using ::testing::UnorderedElementsAreArray;

/// What becomes of events in hand.
class DeliveryTest : public EventBusTest {
protected:
    void make_due() { execute("UPDATE deliveries SET due_at = now() WHERE dead_at IS NULL"); }
    std::int64_t now_us() { return number("SELECT (extract(epoch FROM now()) * 1000000)::bigint"); }
    /// The one delivery once it waits for its n-th attempt.
    struct Waiting {
        std::int64_t due_us = 0;
        std::int64_t seen_us = 0;
    };
    Waiting until_waits_for(int attempt) {
        constexpr std::string_view look = "SELECT attempt, (extract(epoch FROM due_at) * 1000000)::bigint,"
                                          " (extract(epoch FROM now()) * 1000000)::bigint FROM deliveries";
        Waiting found;
        until("its pause", [&] {
            const auto rows = testing::run(loop, pool.query({look, look}, postgres::Params()));
            const bool waits = !rows.empty() && rows[0].integer(0) == attempt;
            found = waits ? Waiting{rows[0].integer(1), rows[0].integer(2)} : Waiting();
            return waits;
        });
        return found;
    }
    static Verdicts all(const std::vector<Delivery>& batch, Verdict verdict) {
        return Verdicts(batch.size(), verdict);
    }
    static std::vector<int> attempts(const std::vector<Delivery>& seen) {
        std::vector<int> numbers;
        for (const Delivery& delivery : seen) {
            numbers.push_back(delivery.attempt);
        }
        return numbers;
    }
    Listener listener;
};

TEST_F(DeliveryTest, TriesAgainAfterPausesThatGrowAndGivesUpAfterTheLast) {
    listener.decide = [](const auto& batch) { return all(batch, Verdict::retry); };
    register_users(1);
    std::int64_t before = now_us();
    start("queue", listener);
    for (int attempt = 1; attempt < attempts_max; ++attempt) {
        const Waiting waiting = until_waits_for(attempt + 1);
        const auto pause = static_cast<std::int64_t>(1e6 * std::pow(4, attempt - 1));
        EXPECT_GE(waiting.due_us, before + pause);
        EXPECT_LE(waiting.due_us, waiting.seen_us + pause);
        before = now_us();
        make_due();
    }
    until("its end",
          [&] { return number("SELECT count(*) FROM deliveries WHERE dead_at IS NOT NULL") == 1; });

    EXPECT_THAT(attempts(listener.seen), ElementsAre(1, 2, 3, 4, 5));
}

TEST_F(DeliveryTest, GivesUpAtOnceWhatTheHandlerCallsDeadAndGoesOn) {
    const auto ids = register_users(3);
    listener.decide = [&](const auto& batch) {
        Verdicts verdicts = all(batch, Verdict::done);
        for (std::size_t i = 0; i < batch.size(); ++i) {
            verdicts[i] = batch[i].event_id == ids[1] ? Verdict::dead : Verdict::done;
        }
        return verdicts;
    };
    start("queue", listener);
    until("its end",
          [&] { return number("SELECT count(*) FROM deliveries WHERE dead_at IS NOT NULL") == 1; });
    register_users(1);
    until("the next", [&] { return listener.seen.size() == 4 && waiting() == 1; });

    EXPECT_EQ(number("SELECT count(*) FROM deliveries WHERE attempt = 1 AND error IS NOT NULL"), 1);
}

TEST_F(DeliveryTest, HoldsEventsWithoutCountingWhileTheirHandlerCannotWork) {
    int outages = 3;
    listener.decide = [&](const auto& batch) -> Verdicts {
        if (outages-- > 0) {
            throw Unavailable("mail server");
        }
        return all(batch, Verdict::done);
    };
    register_users(2);
    start("queue", listener);
    until("the outage's end", [&] { return outages < 0 && waiting() == 0; });

    EXPECT_THAT(listener.seen, SizeIs(2 * 4));
    EXPECT_THAT(attempts(listener.seen), Each(1));
}

TEST_F(DeliveryTest, CountsAnEventThatALivingDatabaseTakesTooLongFor) {
    listener.decide = [](const auto&) -> Verdicts { throw postgres::StatementTimeout("too slow"); };
    register_users(1);
    start("queue", listener);
    until_waits_for(2);
    EXPECT_EQ(number("SELECT count(*) FROM deliveries WHERE error = 'too slow'"), 1);
}

TEST_F(DeliveryTest, CountsAnEventThatItsHandlerSaysNothingAbout) {
    listener.decide = [](const auto&) { return Verdicts(); };
    register_users(1);
    start("queue", listener);
    until_waits_for(2);
}

TEST_F(DeliveryTest, LetsOneBadEventOfABatchHarmOnlyItself) {
    const auto ids = register_users(5);
    std::vector<std::string> done;
    listener.decide = [&](const auto& batch) {
        for (const Delivery& delivery : batch) {
            if (delivery.event_id == ids[2]) {
                throw std::runtime_error("this one is bad");
            }
        }
        for (const Delivery& delivery : batch) {
            done.push_back(delivery.event_id);
        }
        return all(batch, Verdict::done);
    };
    start("queue", listener);
    until("the pause of one",
          [&] { return waiting() == 1 && number("SELECT min(attempt) FROM deliveries") == 2; });

    EXPECT_THAT(done, ElementsAre(ids[0], ids[1], ids[3], ids[4]));
    EXPECT_EQ(number("SELECT count(*) FROM deliveries WHERE error = 'this one is bad'"), 1);
}

TEST_F(DeliveryTest, HoldsTheRestOfABatchWhenItsHandlerCanWorkNoMore) {
    const auto ids = register_users(5);
    bool is_away = true;
    std::vector<std::string> done;
    listener.decide = [&](const auto& batch) {
        if (batch.size() > 1) {
            throw std::runtime_error("one of these is bad");
        }
        if (batch[0].event_id == ids[2] && std::exchange(is_away, false)) {
            throw Unavailable("mail server");
        }
        done.push_back(batch[0].event_id);
        return all(batch, Verdict::done);
    };
    start("queue", listener);
    until("all", [&] { return done.size() == 5; });

    EXPECT_THAT(done, UnorderedElementsAreArray(ids));
    EXPECT_THAT(attempts(listener.seen), Each(1));
}

} // namespace
} // namespace tandem::monolith
