#include "libs/async/sleep.hpp"
#include "libs/async/task_group.hpp"
#include "libs/messaging/inbox.hpp"
#include "libs/postgres/migrate.hpp"
#include "libs/testing/postgres_server.hpp"
#include "libs/testing/run.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace tandem::messaging {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;
using testing::run;

// `bites` notes each DELETE's rows. `refusals` counts those that `refuse` forbids: not even a rollback
// takes a number back.
constexpr std::string_view schema = R"(
    CREATE TABLE inbox (
        event_id    uuid PRIMARY KEY,
        received_at timestamptz NOT NULL DEFAULT now());
    CREATE INDEX inbox_by_age ON inbox (received_at);

    CREATE TABLE bites (rows bigint NOT NULL);
    CREATE FUNCTION note_bite() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN INSERT INTO bites SELECT count(*) FROM gone; RETURN NULL; END';
    CREATE TRIGGER note_bite AFTER DELETE ON inbox REFERENCING OLD TABLE AS gone
        FOR EACH STATEMENT EXECUTE FUNCTION note_bite();

    CREATE SEQUENCE refusals MINVALUE 0;
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN PERFORM nextval(''refusals''); RAISE EXCEPTION ''not now''; END';
)";

constexpr std::string_view fill = "INSERT INTO inbox (event_id, received_at)"
                                  " SELECT gen_random_uuid(), now() - $2::bigint * interval '1 hour'"
                                  " FROM generate_series(1, $1::bigint)";

class InboxTest : public ::testing::Test {
protected:
    InboxTest() {
        postgres::migrate(url, {{"001_test", schema}});
        pool.start();
        run(io, pool.wait_ready(steady_clock::now() + 10s));
    }
    ~InboxTest() override {
        tasks.cancel();
        run(io, tasks.join());
        run(io, pool.close(steady_clock::now() + 5s));
    }

    void execute(std::string_view sql, postgres::Params params = postgres::Params()) {
        std::vector<postgres::Statement> unit{{{sql, sql}, std::move(params)}};
        run(io, pool.execute(std::move(unit)));
    }
    void receive(std::int64_t events, std::chrono::hours ago) {
        execute(fill, postgres::Params(events, static_cast<std::int64_t>(ago.count())));
    }
    Task<> until_at_least(std::string_view sql, std::int64_t wanted) {
        const auto deadline = steady_clock::now() + 60s;
        for (std::int64_t actual = wanted - 1; actual < wanted;) {
            if (steady_clock::now() > deadline) {
                throw std::runtime_error("what the test waits for does not happen");
            }
            const auto rows = co_await pool.query({sql, sql}, postgres::Params());
            actual = rows[0].integer(0);
            co_await async::sleep_for(5ms);
        }
    }
    /// `sql` must be a literal.
    void wait_for(std::string_view sql, std::int64_t wanted) { run(io, until_at_least(sql, wanted)); }
    std::int64_t number(std::string_view sql) {
        return run(io, pool.query({sql, sql}, postgres::Params()))[0].integer(0);
    }

    const InboxUpkeep upkeep{.retention = 7 * 24h, .bite_rows_max = 100, .pause = 5ms};
    const std::string url = testing::PostgresServer::shared().new_database();
    boost::asio::io_context io{1};
    postgres::Pool pool{io.get_executor(), {.url = url}};
    async::TaskGroup tasks{io.get_executor()};
};

TEST_F(InboxTest, TakesEachEventOnce) {
    const std::string first = "0192f0c4-0000-7000-8000-00000000000a";
    const std::string second = "0192f0c4-0000-7000-8000-00000000000b";
    std::vector<postgres::Statement> unit{remember_events({first, first}), remember_events({first, second})};
    const auto fresh = run(io, pool.execute(std::move(unit)));

    ASSERT_EQ(fresh[0].size(), 1);
    EXPECT_EQ(fresh[0][0].text(0), first);
    ASSERT_EQ(fresh[1].size(), 1);
    EXPECT_EQ(fresh[1][0].text(0), second);
}

TEST_F(InboxTest, ForgetsWhatIsOlderThanItsRetentionInSmallBites) {
    receive(250, 7 * 24h + 1h);
    receive(3, 7 * 24h - 1h);
    tasks.spawn("inbox", keep_inbox_small(pool, upkeep));
    wait_for("SELECT coalesce(sum(rows), 0)::bigint FROM bites", 250);

    EXPECT_EQ(number("SELECT max(rows) FROM bites"), 100);
    EXPECT_EQ(number("SELECT count(*) FROM inbox"), 3);
}

TEST_F(InboxTest, GoesOnAfterTheDatabaseHasRefused) {
    receive(1, 30 * 24h);
    execute("CREATE TRIGGER refuse BEFORE DELETE ON inbox FOR EACH ROW EXECUTE FUNCTION refuse()");
    tasks.spawn("inbox", keep_inbox_small(pool, upkeep));
    wait_for("SELECT CASE WHEN is_called THEN last_value + 1 ELSE 0 END FROM refusals", 2);
    EXPECT_EQ(number("SELECT count(*) FROM inbox"), 1);

    execute("DROP TRIGGER refuse ON inbox");
    wait_for("SELECT coalesce(sum(rows), 0)::bigint FROM bites", 1);
}

TEST_F(InboxTest, GoesOnAfterTheDatabaseWasAway) {
    receive(1, 30 * 24h);
    auto& server = testing::PostgresServer::shared();
    server.kill();
    tasks.spawn("inbox", keep_inbox_small(pool, upkeep));
    const auto deadline = steady_clock::now() + 60s;
    while (pool.ready() && steady_clock::now() < deadline) {
        io.run_one();
    }
    server.start();
    run(io, pool.wait_ready(deadline));
    wait_for("SELECT coalesce(sum(rows), 0)::bigint FROM bites", 1);
}

TEST_F(InboxTest, LeavesWhatAnotherInstanceIsForgetting) {
    receive(150, 30 * 24h);
    auto other = std::make_unique<postgres::Transaction>(run(io, pool.begin()));
    auto bite = forget_old_events(upkeep);
    run(io, other->query(bite.query, std::move(bite.params)));
    tasks.spawn("inbox", keep_inbox_small(pool, upkeep));

    wait_for("SELECT coalesce(sum(rows), 0)::bigint FROM bites", 50);
    run(io, other->commit());
    EXPECT_EQ(number("SELECT count(*) FROM inbox"), 0);
}

TEST_F(InboxTest, FindsWhatToForgetByItsIndexes) {
    receive(20'000, 1h);
    receive(20'000, 30 * 24h);
    execute("ANALYZE inbox");
    auto bite = forget_old_events(upkeep);
    static const std::string explain = "EXPLAIN " + std::string(bite.query.sql);
    std::vector<postgres::Statement> unit{{{"test.explain", explain}, std::move(bite.params)}};
    const auto results = run(io, pool.execute(std::move(unit)));

    std::string plan;
    for (const auto line : results[0]) {
        plan += line.text(0) + '\n';
    }
    EXPECT_NE(plan.find("using inbox_by_age"), std::string::npos) << plan;
    EXPECT_EQ(plan.find("Seq Scan"), std::string::npos) << plan;
}

} // namespace
} // namespace tandem::messaging
