#include "services/user/infrastructure/postgres_users.hpp"
#include "services/user/tests/integration/database.hpp"

#include <boost/asio/co_spawn.hpp>

namespace tandem::user {
namespace {

class PostgresUsersTest : public DatabaseTest {
protected:
    static NewUser paint(Role role = Role::customer) {
        return {.email = EmailAddress::parse("paint@example.com").value(),
                .full_name = "Paint 'Tester' \xC3\xA9",
                .role = role,
                .password_hash = "hash-1",
                .created_at = parse_rfc3339("2026-11-23T12:00:00.123456Z").value()};
    }

    Task<> compete() {
        const auto user = co_await users.add(paint(), Context(), Deadline::max());
        stored += user ? 1 : 0;
        conflicts += !user && user.error().kind() == ErrorKind::conflict ? 1 : 0;
    }

    int stored = 0;
    int conflicts = 0;
    int wakes = 0;
    PostgresUsers users{pool, [this] { ++wakes; }};
};

TEST_F(PostgresUsersTest, StoresAUserAndItsAnnouncementTogether) {
    const auto user =
        run(users.add(paint(), {.traceparent = "00-trace", .request_id = "r-1"}, Deadline::max()));
    ASSERT_TRUE(user.has_value()) << user.error().message();
    EXPECT_EQ(wakes, 1);

    const auto found = run(users.find(user->id));
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->full_name, paint().full_name);
    EXPECT_EQ(found->created_at, paint().created_at);

    const auto rows = run(pool.query(
        {.name = "test.outbox",
         .sql = "SELECT routing_key, event_type, body::json->>'user_email', (body::json->>'user_id')::bigint,"
                " body::json->>'full_name', traceparent, request_id FROM outbox"},
        postgres::Params()));
    ASSERT_EQ(rows.size(), 1);
    EXPECT_EQ(rows[0].text(0), "user.user.registered");
    EXPECT_EQ(rows[0].text(1), "user.registered");
    EXPECT_EQ(rows[0].text(2), "paint@example.com");
    EXPECT_EQ(rows[0].integer(3), user->id.value());
    EXPECT_EQ(rows[0].text(4), paint().full_name);
    EXPECT_EQ(rows[0].text(5), "00-trace");
    EXPECT_EQ(rows[0].text(6), "r-1");
}

TEST_F(PostgresUsersTest, ATakenAddressIsAConflictAndAnnouncesNothing) {
    ASSERT_TRUE(run(users.add(paint(), Context(), Deadline::max())).has_value());
    const auto again = run(users.add(paint(), Context(), Deadline::max()));
    ASSERT_FALSE(again.has_value());
    EXPECT_EQ(again.error().kind(), ErrorKind::conflict);
    EXPECT_EQ(count("SELECT count(*) FROM users"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM outbox"), 1);
    EXPECT_EQ(wakes, 1);
}

TEST_F(PostgresUsersTest, NobodyIsStoredForWhomTheAnswerWouldComeTooLate) {
    const Deadline past = std::chrono::steady_clock::now();
    EXPECT_THROW(run(users.add(paint(), Context(), past)), DeadlineExceeded);
    EXPECT_EQ(count("SELECT count(*) FROM users"), 0);
}

TEST_F(PostgresUsersTest, OfManyWhoTakeOneAddressAtTheSameTimeOneGetsIt) {
    for (int i = 0; i < 20; ++i) {
        boost::asio::co_spawn(
            context, compete(), [](const std::exception_ptr& thrown) { EXPECT_FALSE(thrown); });
    }
    while (stored + conflicts < 20 && context.run_one() > 0) {
    }
    EXPECT_EQ(stored, 1);
    EXPECT_EQ(conflicts, 19);
    EXPECT_EQ(count("SELECT count(*) FROM outbox"), 1);
}

TEST_F(PostgresUsersTest, SeedingTwiceMakesOneUserAndNoEvent) {
    run(users.add_if_absent(paint(Role::admin)));
    run(users.add_if_absent(paint(Role::customer)));
    const auto found = run(users.find_credentials(paint().email));
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->user.role, Role::admin);
    EXPECT_EQ(count("SELECT count(*) FROM outbox"), 0);
}

TEST_F(PostgresUsersTest, AHashIsReplacedOnlyIfItIsStillTheOneThatWasVerified) {
    const auto user = run(users.add(paint(), Context(), Deadline::max())).value();
    run(users.replace_password_hash(user.id, "hash-0", "hash-2"));
    EXPECT_EQ(run(users.find_credentials(paint().email))->password_hash, "hash-1");
    run(users.replace_password_hash(user.id, "hash-1", "hash-2"));
    EXPECT_EQ(run(users.find_credentials(paint().email))->password_hash, "hash-2");
}

TEST_F(PostgresUsersTest, FindsNobodyWhoIsNotThere) {
    EXPECT_FALSE(run(users.find(UserId(404))).has_value());
    EXPECT_FALSE(run(users.find_credentials(paint().email)).has_value());
}

} // namespace
} // namespace tandem::user
