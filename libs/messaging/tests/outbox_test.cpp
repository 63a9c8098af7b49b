#include "libs/async/task_group.hpp"
#include "libs/messaging/inbox.hpp"
#include "libs/messaging/outbox.hpp"
#include "libs/messaging/tests/broker_shop.hpp"
#include "libs/postgres/migrate.hpp"
#include "libs/testing/postgres_server.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>

namespace tandem::messaging {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;
using testing::run;

constexpr std::string_view schema = R"(
    CREATE TABLE outbox (
        position     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        event_id     uuid NOT NULL UNIQUE,
        routing_key  text NOT NULL,
        event_type   text NOT NULL,
        body         text NOT NULL,
        traceparent  text NOT NULL,
        request_id   text NOT NULL,
        created_at   timestamptz NOT NULL DEFAULT now());
    CREATE TABLE inbox (
        event_id    uuid PRIMARY KEY,
        received_at timestamptz NOT NULL DEFAULT now());
    CREATE TABLE received (
        position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        body     text NOT NULL);
)";

constexpr postgres::Query store_received{"test.receive",
                                         "INSERT INTO received (body) SELECT * FROM unnest($1::text[])"};
constexpr postgres::Query count_received{"test.count", "SELECT count(*)::bigint FROM received"};
constexpr postgres::Query count_outbox{"test.outbox", "SELECT count(*)::bigint FROM outbox"};
constexpr postgres::Query take_time{"test.take_time", "SELECT pg_sleep($1::float8)"};
constexpr postgres::Query list_received{"test.list", "SELECT body FROM received ORDER BY position"};

class OutboxTest : public BrokerTest {
protected:
    void SetUp() override {
        postgres::migrate(database, {{"001_test", schema}});
        pool.start();
        publisher.start();
        consumer.start();
        wait_for([&] { return pool.ready() && publisher.ready() && consumer.ready(); });
    }
    void TearDown() override {
        background.cancel();
        run(io, background.join());
        run(io, relay.stop(steady_clock::now() + 5s));
        run(io, consumer.stop());
        run(io, pool.close(steady_clock::now() + 5s));
    }

    /// An idempotent consumer, as every service writes it.
    Task<std::vector<Verdict>> receive(std::vector<Delivery> batch) {
        std::vector<std::string> ids;
        for (const Delivery& delivery : batch) {
            ids.push_back(delivery.event_id);
        }
        auto transaction = co_await pool.begin(steady_clock::now() + 5s);
        std::vector<postgres::Statement> remember{remember_events(ids)};
        const auto answers = co_await transaction.execute(std::move(remember));
        std::set<std::string> fresh;
        for (const auto row : answers[0]) {
            fresh.insert(row.text(0));
        }
        std::vector<std::string> bodies;
        for (const Delivery& delivery : batch) {
            if (fresh.erase(delivery.event_id) == 1) {
                bodies.push_back(delivery.body);
            }
        }
        duplicates += batch.size() - bodies.size();
        std::vector<postgres::Statement> effects{{store_received, postgres::Params(bodies)}};
        co_await transaction.execute(std::move(effects));
        co_await transaction.commit();
        co_return std::vector<Verdict>(batch.size(), Verdict::done);
    }

    /// Takes far too long for a batch with a body that ends with `slow`.
    Task<std::vector<Verdict>>
    receive_slowly(postgres::Pool& hasty, std::vector<Delivery> batch, std::string slow) {
        const auto is_slow = [&](const Delivery& delivery) { return delivery.body.ends_with(slow); };
        postgres::Params seconds(std::ranges::any_of(batch, is_slow) ? 60.0 : 0.0);
        co_await hasty.query(take_time, std::move(seconds));
        slowly_received += batch.size();
        co_return std::vector<Verdict>(batch.size(), Verdict::done);
    }

    /// Stores until it is known to have happened, as a client with an idempotency key does.
    Task<> store(std::vector<OutgoingEvent> events) {
        for (;;) {
            std::vector<postgres::Statement> statements{store_events(events)};
            try {
                const auto deadline = steady_clock::now() + 5s;
                co_await pool.execute(std::move(statements), deadline);
                break;
            } catch (const postgres::StatementError& error) {
                if (error.unique_violation()) {
                    break;
                }
                throw;
            } catch (const Unavailable&) {
            }
            co_await async::sleep_for(20ms);
        }
        relay.wake();
    }
    Task<> store_in_chunks(int count, int chunk, std::chrono::milliseconds pause = 0ms) {
        for (int number = 0; number < count; number += chunk) {
            std::vector<OutgoingEvent> events;
            for (int i = 0; i < chunk; ++i) {
                events.push_back(numbered_event(number + i));
            }
            co_await store(std::move(events));
            co_await async::sleep_for(pause);
        }
    }
    Task<std::int64_t> count(postgres::Query query) {
        const auto deadline = steady_clock::now() + 5s;
        const auto rows = co_await pool.query(query, postgres::Params(), deadline);
        co_return rows[0].integer(0);
    }
    Task<> until_count(postgres::Query query, std::int64_t least, std::int64_t most) {
        const auto deadline = steady_clock::now() + 90s;
        std::int64_t actual = -1;
        while (actual < least || actual > most) {
            if (steady_clock::now() > deadline) {
                throw std::runtime_error("expected " + std::to_string(least) + ", there are " +
                                         std::to_string(actual));
            }
            co_await async::sleep_for(20ms);
            try {
                actual = co_await count(query);
            } catch (const Unavailable&) {
                actual = -1;
            }
        }
    }
    Task<> until_count(postgres::Query query, std::int64_t expected) {
        co_await until_count(query, expected, expected);
    }
    Task<std::vector<int>> received_numbers() {
        const auto rows = co_await pool.query(list_received, postgres::Params());
        std::vector<int> numbers;
        for (const auto row : rows) {
            const std::string body = row.text(0);
            numbers.push_back(std::stoi(body.substr(body.find("\"number\":") + 9)));
        }
        co_return numbers;
    }
    static std::vector<int> numbers_to(int count) {
        std::vector<int> numbers;
        for (int number = 0; number < count; ++number) {
            numbers.push_back(number);
        }
        return numbers;
    }

    std::string database = testing::PostgresServer::shared().new_database();
    postgres::Pool pool{io.get_executor(), {.url = database}};
    OutboxRelay relay{io.get_executor(), pool, publisher};
    Consumer consumer{
        io.get_executor(), options(), quick_queue(), {}, publisher, [this](std::vector<Delivery> batch) {
            return receive(std::move(batch));
        }};
    async::TaskGroup background{io.get_executor()};
    std::size_t duplicates = 0;
    std::size_t slowly_received = 0;
};

TEST_F(OutboxTest, PublishesWhatWasCommittedInOrderAndThenForgetsIt) {
    relay.start();

    run(io, store_in_chunks(1'300, 100));
    run(io, until_count(count_received, 1'300));
    run(io, until_count(count_outbox, 0));

    EXPECT_EQ(run(io, received_numbers()), numbers_to(1'300));
    EXPECT_EQ(duplicates, 0u);
}

TEST_F(OutboxTest, FindsEventsThatNobodyWokeItFor) {
    relay.start();
    std::vector<postgres::Statement> statements{store_events(numbered_events(3))};

    run(io, pool.execute(std::move(statements)));

    run(io, until_count(count_received, 3));
}

TEST_F(OutboxTest, PublishesWhatIsThereBeforeItStops) {
    relay.start();
    std::vector<postgres::Statement> statements{store_events(numbered_events(50))};
    run(io, pool.execute(std::move(statements)));

    run(io, relay.stop(steady_clock::now() + 10s));

    EXPECT_EQ(run(io, count(count_outbox)), 0);
    run(io, until_count(count_received, 50));
}

TEST_F(OutboxTest, AnEventThatNoQueueTakesStaysAndHoldsUpNoOther) {
    relay.start();
    OutgoingEvent lonely = numbered_event(99);
    lonely.routing_key = "nobody.listens.here";

    run(io, store({lonely}));
    run(io, store(numbered_events(20)));
    run(io, until_count(count_received, 20));
    run(io, store(numbered_events(20)));
    run(io, until_count(count_received, 40));

    run(io, until_count(count_outbox, 1));
}

TEST_F(OutboxTest, OnlyTheMessageThatTheDatabaseTakesTooLongForEndsAmongTheDeadLetters) {
    postgres::Pool hasty{io.get_executor(), {.url = database, .statement_timeout = 200ms}};
    hasty.start();
    Recorder dead_letters;
    const auto slow_on_three = [this, &hasty](std::vector<Delivery> batch) {
        return receive_slowly(hasty, std::move(batch), "\"number\":3}");
    };
    Consumer slow(io.get_executor(), options(), quick_queue("slow"), {}, publisher, slow_on_three);
    Consumer dead(io.get_executor(), options(), {"slow.dlq", {}, {}}, {}, publisher, dead_letters.handler());
    slow.start();
    wait_for([&] { return slow.ready() && hasty.ready(); });
    dead.start();

    publish(numbered_events(6));
    wait_for([&] { return dead_letters.seen.size() == 1 && slowly_received == 5; });

    EXPECT_THAT(dead_letters.seen[0].body, ::testing::HasSubstr("\"number\":3}"));
    EXPECT_EQ(dead_letters.seen[0].attempt, 3);
    run(io, slow.stop());
    run(io, dead.stop());
    run(io, hasty.close(steady_clock::now() + 5s));
}

TEST_F(OutboxTest, TwoRelaysOfOneOutboxTakeTurnsAndKeepTheOrder) {
    postgres::Pool other_pool{io.get_executor(), {.url = database}};
    other_pool.start();
    OutboxRelay other(io.get_executor(), other_pool, publisher);
    relay.start();
    other.start();

    run(io, store_in_chunks(2'000, 20));
    run(io, until_count(count_received, 2'000));

    EXPECT_EQ(run(io, received_numbers()), numbers_to(2'000));
    EXPECT_EQ(duplicates, 0u);
    run(io, other.stop(steady_clock::now() + 5s));
    run(io, other_pool.close(steady_clock::now() + 5s));
}

TEST_F(OutboxTest, LosesNothingWhenTheBrokerIsKilledWhileEventsFlow) {
    constexpr int all = 5'000;
    relay.start();
    background.spawn("store events", store_in_chunks(all, 10, 4ms));
    run(io, until_count(count_received, 500, all));

    auto& broker = testing::RabbitmqServer::shared();
    broker.kill();
    wait_for([&] { return !publisher.ready(); });
    broker.start();

    run(io, background.join());
    run(io, until_count(count_received, all));
    run(io, until_count(count_outbox, 0));
    auto numbers = run(io, received_numbers());
    EXPECT_EQ(numbers, numbers_to(all));
    RecordProperty("duplicates", static_cast<int>(duplicates));
}

TEST_F(OutboxTest, LosesNothingWhenTheDatabaseIsKilledWhileEventsFlow) {
    constexpr int all = 3'000;
    relay.start();
    background.spawn("store events", store_in_chunks(all, 10, 4ms));
    run(io, until_count(count_received, 300, all));

    auto& server = testing::PostgresServer::shared();
    server.kill();
    server.start();

    run(io, background.join());
    run(io, until_count(count_received, all));
    run(io, until_count(count_outbox, 0));
    auto numbers = run(io, received_numbers());
    std::ranges::sort(numbers);
    EXPECT_EQ(numbers, numbers_to(all));
}

} // namespace
} // namespace tandem::messaging
