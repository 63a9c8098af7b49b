#include "libs/testing/run.hpp"
#include "services/user/core/registration.hpp"
#include "services/user/core/sessions.hpp"
#include "services/user/tests/unit/in_memory.hpp"

#include <gtest/gtest.h>

namespace tandem::user {
namespace {

using namespace std::chrono_literals;
using testing::run;

class SessionsTest : public ::testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(sign_up("paint@example.com").has_value());
        hasher.work = 0;
    }

    Result<User> sign_up(std::string_view email) {
        auto wish = SignUp::check(email, "password123", "Paint Tester").value();
        return run(registration.sign_up(std::move(wish), Context(), deadline));
    }
    Result<Session> log_in(const std::string& email, const std::string& password) {
        return run(sessions.log_in({.email = email, .password = password, .client = "10.0.0.1"}));
    }
    Session signed_in() { return log_in("paint@example.com", "password123").value(); }
    Result<Session> refresh(const std::string& token) { return run(sessions.refresh(token, deadline)); }

    Deadline deadline = Deadline::max();
    SetClock clock;
    UsersInMemory users;
    RefreshTokensInMemory tokens{users};
    FastHasher hasher;
    ReadableTokens issuer;
    LoginThrottle throttle{{.failures_max = 3}};
    Registration registration{users, hasher, clock};
    Sessions sessions{
        users, tokens, hasher, issuer, throttle, clock, {.access_lifetime = 15min, .refresh_lifetime = 1h}};
};

TEST_F(SessionsTest, SigningUpAnnouncesTheUserAndTakesTheAddress) {
    EXPECT_EQ(users.announced, std::vector<std::string>{"paint@example.com"});
    EXPECT_EQ(sign_up("Paint@EXAMPLE.com").error().kind(), ErrorKind::conflict);
    EXPECT_EQ(users.by_email.size(), 1u);
}

TEST_F(SessionsTest, SigningUpIsRefusedWhileHashingIsBusy) {
    hasher.busy = true;
    EXPECT_EQ(sign_up("other@example.com").error().kind(), ErrorKind::unavailable);
    EXPECT_EQ(users.by_email.size(), 1u);
}

TEST_F(SessionsTest, SigningUpStoresNothingForWhomItsAnswerIsTooLate) {
    deadline = std::chrono::steady_clock::now();
    EXPECT_THROW(sign_up("other@example.com"), DeadlineExceeded);
    EXPECT_EQ(users.by_email.size(), 1u);
}

TEST_F(SessionsTest, EnsuringAnAccountTwiceMakesItOnceAndSilently) {
    for (int i = 0; i < 2; ++i) {
        run(registration.ensure(SignUp::check("admin@example.com", "password123", "Admin").value(),
                                Role::admin));
    }
    EXPECT_EQ(users.by_email.size(), 2u);
    EXPECT_EQ(users.announced.size(), 1u);
    EXPECT_EQ(hasher.work, 1);
}

TEST_F(SessionsTest, TheRightPasswordOpensASession) {
    const auto session = log_in(" PAINT@example.com ", "password123");
    ASSERT_TRUE(session.has_value());
    EXPECT_EQ(session->access_token, "access-of-paint@example.com");
    EXPECT_EQ(session->expires_in, 15min);
    EXPECT_TRUE(tokens.tokens.contains(issuer.fingerprint(session->refresh_token)));
    EXPECT_FALSE(tokens.tokens.contains(session->refresh_token));
}

TEST_F(SessionsTest, AnUnknownAddressAndAWrongPasswordLookAlikeAndCostTheSame) {
    const auto wrong = log_in("paint@example.com", "password124");
    const int cost_of_wrong = std::exchange(hasher.work, 0);
    const auto unknown = log_in("nobody@example.com", "password123");
    EXPECT_EQ(hasher.work, cost_of_wrong);
    ASSERT_FALSE(wrong.has_value());
    ASSERT_FALSE(unknown.has_value());
    EXPECT_EQ(wrong.error().kind(), ErrorKind::unauthenticated);
    EXPECT_EQ(wrong.error().message(), unknown.error().message());
}

TEST_F(SessionsTest, AnOversizedPasswordIsWrongWithoutBeingHashed) {
    EXPECT_EQ(log_in("paint@example.com", std::string(1U << 20U, 'x')).error().kind(),
              ErrorKind::unauthenticated);
}

TEST_F(SessionsTest, TooManyFailuresCloseTheAccountForAWhileEvenForTheRightPassword) {
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(log_in("paint@example.com", "wrong").error().kind(), ErrorKind::unauthenticated);
    }
    hasher.work = 0;
    const auto refused = log_in("paint@example.com", "password123");
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().kind(), ErrorKind::too_many_requests);
    EXPECT_EQ(refused.error().retry_after_s(), 15 * 60);
    EXPECT_EQ(hasher.work, 0);
    clock.moment += 15min;
    EXPECT_TRUE(log_in("paint@example.com", "password123").has_value());
}

TEST_F(SessionsTest, ABusyHasherIsNoFailureOfTheCustomer) {
    hasher.busy = true;
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(log_in("paint@example.com", "password123").error().kind(), ErrorKind::unavailable);
    }
    hasher.busy = false;
    EXPECT_TRUE(log_in("paint@example.com", "password123").has_value());
}

TEST_F(SessionsTest, AnOutdatedHashIsReplacedAtTheNextSignIn) {
    hasher.version = "v2";
    const auto before = signed_in();
    EXPECT_EQ(users.by_email.begin()->second.password_hash, "v2:password123");
    EXPECT_TRUE(log_in("paint@example.com", "password123").has_value());
}

TEST_F(SessionsTest, ARefreshTokenWorksOnce) {
    const Session first = signed_in();
    const auto second = refresh(first.refresh_token);
    ASSERT_TRUE(second.has_value());
    EXPECT_NE(second->refresh_token, first.refresh_token);
    EXPECT_TRUE(refresh(second->refresh_token).has_value());
}

TEST_F(SessionsTest, ARefreshTokenIsNotSpentForWhomTheNextOneWouldComeTooLate) {
    const Session first = signed_in();
    deadline = std::chrono::steady_clock::now();
    EXPECT_THROW(refresh(first.refresh_token), DeadlineExceeded);
    deadline = Deadline::max();
    EXPECT_TRUE(refresh(first.refresh_token).has_value());
}

TEST_F(SessionsTest, ReuseOfASpentTokenEndsItsFamilyAndNoOther) {
    const Session stolen = signed_in();
    const Session elsewhere = signed_in();
    const auto thief = refresh(stolen.refresh_token);
    ASSERT_TRUE(thief.has_value());
    EXPECT_EQ(refresh(stolen.refresh_token).error().kind(), ErrorKind::unauthenticated);
    EXPECT_EQ(refresh(thief->refresh_token).error().kind(), ErrorKind::unauthenticated);
    EXPECT_TRUE(refresh(elsewhere.refresh_token).has_value());
}

TEST_F(SessionsTest, ARefreshTokenExpires) {
    const Session session = signed_in();
    clock.moment += 1h;
    EXPECT_EQ(refresh(session.refresh_token).error().kind(), ErrorKind::unauthenticated);
}

TEST_F(SessionsTest, SigningOutEndsTheSessionAndForgivesUnknownTokens) {
    const Session session = signed_in();
    run(sessions.log_out(session.refresh_token));
    run(sessions.log_out("never issued"));
    EXPECT_EQ(refresh(session.refresh_token).error().kind(), ErrorKind::unauthenticated);
}

} // namespace
} // namespace tandem::user
