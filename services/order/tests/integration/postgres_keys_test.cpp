#include "services/order/infrastructure/postgres_idempotency_keys.hpp"
#include "services/order/infrastructure/postgres_notifications.hpp"
#include "services/order/infrastructure/postgres_orders.hpp"
#include "services/order/tests/integration/database.hpp"
#include "services/order/tests/unit/order_samples.hpp"

#include <gtest/gtest.h>

namespace tandem::order {
namespace {

class PostgresKeysTest : public ::testing::Test {
protected:
    Claim claim(std::string request = "request", std::chrono::milliseconds lease = std::chrono::minutes(1)) {
        PostgresIdempotencyKeys keys(database.pool, lease);
        return database.run(keys.claim(key, std::move(request), 201, Deadline::max()));
    }
    void store_order() {
        Placed placed = samples::placed();
        placed.order = OrderId(17);
        NewOrder order{std::move(placed), key.key, std::chrono::milliseconds(12), {}};
        ASSERT_TRUE(database.run(orders.add(std::move(order))).has_value());
    }

    Database database;
    SystemClock clock;
    PostgresOrders orders{database.pool, clock};
    const IdempotencyKey key{UserId(5), "key-1"};
};

TEST_F(PostgresKeysTest, AreClaimedOnceUntilTheyAreReleased) {
    const Claim first = claim();
    EXPECT_EQ(first.kind, Claim::Kind::claimed);
    EXPECT_EQ(claim().kind, Claim::Kind::running);
    EXPECT_EQ(claim("another request").kind, Claim::Kind::other_request);

    PostgresIdempotencyKeys keys(database.pool, std::chrono::minutes(1));
    database.run(keys.release(key, "0192f0c4-0000-7000-8000-00000000000a"));
    EXPECT_EQ(claim().kind, Claim::Kind::running);
    database.run(keys.release(key, first.lease));
    EXPECT_EQ(claim().kind, Claim::Kind::claimed);
}

TEST_F(PostgresKeysTest, AnswerAsSoonAsTheOrderIsStored) {
    claim();
    EXPECT_EQ(claim().kind, Claim::Kind::running);
    store_order();

    const Claim again = claim();
    EXPECT_EQ(again.kind, Claim::Kind::answered);
    EXPECT_EQ(again.order, OrderId(17));
    EXPECT_EQ(again.answer_status, 201);
    EXPECT_EQ(claim("another request").kind, Claim::Kind::other_request);
}

TEST_F(PostgresKeysTest, AreTakenOverAfterTheLeaseWhenNothingWasStored) {
    claim("request", std::chrono::milliseconds(-1));
    EXPECT_EQ(claim("another request").kind, Claim::Kind::other_request);
    EXPECT_EQ(claim().kind, Claim::Kind::claimed);
    EXPECT_EQ(claim().kind, Claim::Kind::running);
}

TEST_F(PostgresKeysTest, AreNotReleasedByAHolderWhoseLeaseAnotherHasTakenOver) {
    PostgresIdempotencyKeys keys(database.pool, std::chrono::minutes(1));
    const Claim stale = claim("request", std::chrono::milliseconds(-1));
    const Claim held = claim();
    ASSERT_EQ(held.kind, Claim::Kind::claimed);

    database.run(keys.release(key, stale.lease));
    EXPECT_EQ(claim().kind, Claim::Kind::running);
    database.run(keys.release(key, held.lease));
    EXPECT_EQ(claim().kind, Claim::Kind::claimed);
}

TEST_F(PostgresKeysTest, AreNotReleasedOnceASlowHolderHasStoredItsOrder) {
    PostgresIdempotencyKeys keys(database.pool, std::chrono::minutes(1));
    claim("request", std::chrono::milliseconds(-1));
    const Claim second = claim("request", std::chrono::milliseconds(-1));
    store_order(); // the first holder

    database.run(keys.release(key, second.lease));
    EXPECT_EQ(claim().kind, Claim::Kind::answered);
    EXPECT_EQ(claim("another request").kind, Claim::Kind::other_request);
}

TEST_F(PostgresKeysTest, AnswerAfterTheLeaseWhenTheHolderDiedAfterStoring) {
    claim("request", std::chrono::milliseconds(-1));
    store_order();
    EXPECT_EQ(claim().kind, Claim::Kind::answered);
}

TEST_F(PostgresKeysTest, AreEachClaimedByOneOfManyAtOnce) {
    PostgresIdempotencyKeys keys(database.pool, std::chrono::minutes(1));
    int claimed = 0;
    int left = 8;
    for (int i = 0; i < 8; ++i) {
        auto claiming = keys.claim(key, "request", 200, Deadline::max());
        boost::asio::co_spawn(
            database.loop, std::move(claiming), [&](std::exception_ptr error, Claim outcome) {
                EXPECT_FALSE(error);
                claimed += outcome.kind == Claim::Kind::claimed ? 1 : 0;
                --left;
            });
    }
    while (left > 0 && database.loop.run_one() > 0) {
    }
    EXPECT_EQ(claimed, 1);
}

TEST_F(PostgresKeysTest, AreNotClaimedForWhomTheAnswerIsTooLate) {
    PostgresIdempotencyKeys keys(database.pool, std::chrono::minutes(1));
    const Deadline past = std::chrono::steady_clock::now();
    EXPECT_THROW(database.run(keys.claim(key, "request", 200, past)), DeadlineExceeded);
    EXPECT_EQ(database.number("SELECT count(*) FROM idempotency_keys"), 0);
}

TEST_F(PostgresKeysTest, AreForgottenOnceAbandonedButNotWhileTheyStandForAnOrder) {
    claim();
    store_order();
    database.execute("INSERT INTO idempotency_keys SELECT user_id, 'abandoned', fingerprint, answer_status,"
                     " lease, leased_until FROM idempotency_keys");
    database.execute("UPDATE idempotency_keys SET leased_until = now() - interval '25 hours'");
    database.execute("INSERT INTO idempotency_keys SELECT user_id, 'young', fingerprint, answer_status,"
                     " lease, now() - interval '23 hours' FROM idempotency_keys WHERE key = 'key-1'");
    std::vector<postgres::Statement> bite{abandoned_keys().bite};
    database.run(database.pool.execute(std::move(bite)));

    EXPECT_EQ(database.number("SELECT count(*) FROM idempotency_keys"), 2);
    EXPECT_EQ(database.number("SELECT count(*) FROM idempotency_keys WHERE key = 'abandoned'"), 0);
}

TEST_F(PostgresKeysTest, FingerprintIsTheSha256OfTheRequest) {
    EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_F(PostgresKeysTest, NotificationsAreTheirOwnersAlone) {
    store_order();
    PostgresNotifications notifications(database.pool);
    const auto list = database.run(notifications.list(UserId(5), 0, 10));
    ASSERT_EQ(list.size(), 1u);
    EXPECT_EQ(list[0].type, "order.created");
    EXPECT_FALSE(list[0].read);

    EXPECT_FALSE(database.run(notifications.mark(list[0].id, UserId(6), true, Deadline::max())).has_value());
    EXPECT_TRUE(database.run(notifications.mark(list[0].id, UserId(5), true, Deadline::max()))->read);
    EXPECT_TRUE(database.run(notifications.list(UserId(5), 0, 10))[0].read);
    EXPECT_TRUE(database.run(notifications.list(UserId(6), 0, 10)).empty());
}

} // namespace
} // namespace tandem::order
