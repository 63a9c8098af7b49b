#include "services/user/infrastructure/postgres_refresh_tokens.hpp"
#include "services/user/infrastructure/postgres_users.hpp"
#include "services/user/tests/integration/database.hpp"

#include <boost/asio/co_spawn.hpp>

namespace tandem::user {
namespace {

using namespace std::chrono_literals;

class PostgresRefreshTokensTest : public DatabaseTest {
protected:
    PostgresRefreshTokensTest() {
        PostgresUsers users(pool, [] {});
        NewUser paint{.email = EmailAddress::parse("paint@example.com").value(),
                      .full_name = "Paint Tester",
                      .role = Role::customer,
                      .password_hash = "hash",
                      .created_at = now};
        user = run(users.add(std::move(paint), Context(), Deadline::max())).value().id;
        run(tokens.open_family(user, {"first", now + 1h}, now));
    }

    std::optional<User> rotate(std::string spent, std::string next, Deadline begin_by = Deadline::max()) {
        return run(tokens.rotate(std::move(spent), {std::move(next), now + 1h}, now, begin_by));
    }

    Timestamp now = parse_rfc3339("2026-11-23T12:00:00Z").value();
    PostgresRefreshTokens tokens{pool};
    UserId user;
};

TEST_F(PostgresRefreshTokensTest, RotatingSpendsATokenAndStoresTheNext) {
    const auto owner = rotate("first", "second");
    ASSERT_TRUE(owner.has_value());
    EXPECT_EQ(owner->id, user);
    EXPECT_EQ(owner->email.text(), "paint@example.com");
    EXPECT_TRUE(rotate("second", "third").has_value());
    EXPECT_EQ(count("SELECT count(*) FROM refresh_families WHERE revoked_at IS NOT NULL"), 0);
}

TEST_F(PostgresRefreshTokensTest, NothingIsSpentForWhomTheNextTokenWouldComeTooLate) {
    EXPECT_THROW(rotate("first", "second", std::chrono::steady_clock::now()), DeadlineExceeded);
    EXPECT_EQ(count("SELECT count(*) FROM refresh_tokens"), 1);
    EXPECT_TRUE(rotate("first", "second").has_value());
}

TEST_F(PostgresRefreshTokensTest, ReuseRevokesTheFamilyAndNoOther) {
    run(tokens.open_family(user, {"other", now + 1h}, now));
    ASSERT_TRUE(rotate("first", "second").has_value());
    EXPECT_FALSE(rotate("first", "stolen").has_value());
    EXPECT_FALSE(rotate("second", "third").has_value());
    EXPECT_EQ(count("SELECT count(*) FROM refresh_tokens WHERE fingerprint IN ('stolen', 'third')"), 0);
    EXPECT_TRUE(rotate("other", "other-2").has_value());
}

TEST_F(PostgresRefreshTokensTest, OfTwentyWhoSpendOneTokenAtTheSameTimeAtMostOneWinsAndTheFamilyIsRevoked) {
    int ended = 0;
    int won = 0;
    for (int i = 0; i < 20; ++i) {
        const std::string next = "next-" + std::to_string(i);
        boost::asio::co_spawn(context,
                              tokens.rotate("first", {next, now + 1h}, now, Deadline::max()),
                              [&](const std::exception_ptr& thrown, const std::optional<User>& owner) {
                                  EXPECT_FALSE(thrown);
                                  ++ended;
                                  won += owner ? 1 : 0;
                              });
    }
    while (ended < 20 && context.run_one() > 0) {
    }
    EXPECT_EQ(won, 1);
    EXPECT_EQ(count("SELECT count(*) FROM refresh_tokens"), 2);
    EXPECT_EQ(count("SELECT count(*) FROM refresh_families WHERE revoked_at IS NOT NULL"), 1);
}

TEST_F(PostgresRefreshTokensTest, UnknownAndExpiredTokensRotateNothingAndRevokeNothing) {
    EXPECT_FALSE(rotate("never issued", "x").has_value());
    now += 1h;
    EXPECT_FALSE(rotate("first", "second").has_value());
    EXPECT_EQ(count("SELECT count(*) FROM refresh_tokens"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM refresh_families WHERE revoked_at IS NOT NULL"), 0);
}

TEST_F(PostgresRefreshTokensTest, SigningOutEndsTheFamilyAlsoByASpentToken) {
    ASSERT_TRUE(rotate("first", "second").has_value());
    run(tokens.revoke_family_of("first", now));
    run(tokens.revoke_family_of("never issued", now));
    EXPECT_FALSE(rotate("second", "third").has_value());
}

TEST_F(PostgresRefreshTokensTest, ForgetsWhatExpiredAndKeepsWhatReuseIsNoticedBy) {
    ASSERT_TRUE(rotate("first", "second").has_value());
    EXPECT_FALSE(run(tokens.forget_expired(now)));
    EXPECT_FALSE(rotate("first", "x").has_value());
    EXPECT_EQ(count("SELECT count(*) FROM refresh_families WHERE revoked_at IS NOT NULL"), 1);
    EXPECT_FALSE(run(tokens.forget_expired(now + 2h)));
    EXPECT_EQ(count("SELECT count(*) FROM refresh_tokens"), 0);
    EXPECT_EQ(count("SELECT count(*) FROM refresh_families"), 0);
}

} // namespace
} // namespace tandem::user
