#include "libs/async/event.hpp"
#include "libs/auth/authenticator.hpp"
#include "libs/kernel/unavailable.hpp"
#include "libs/testing/run.hpp"

#include <boost/asio/co_spawn.hpp>
#include <gtest/gtest.h>

namespace tandem::auth {
namespace {

using namespace std::chrono_literals;
using testing::run;

class SetClock final : public Clock {
public:
    Timestamp now() const override { return moment; }
    Timestamp moment = parse_rfc3339("2026-11-23T12:00:00Z").value();
};

class AuthenticatorTest : public ::testing::Test {
protected:
    Task<std::string> fetch() {
        ++fetches;
        if (slow != nullptr) {
            co_await slow->wait_for(10s);
        }
        if (down) {
            throw Unavailable("the user service does not answer");
        }
        co_return jwks;
    }

    Result<Principal> authenticate(const std::string& header) {
        return run(authenticator.authenticate(header));
    }

    std::string token_of(const SigningKey& signer, Role role = Role::customer) const {
        return "Bearer " + signer.sign({.principal = {.user_id = 42, .email = "a@b.example", .role = role},
                                        .issuer = "tandem",
                                        .audience = "tandem-shop",
                                        .issued_at = clock.now(),
                                        .expires_at = clock.now() + 15min,
                                        .token_id = "t"});
    }

    /// Of ten requests that come before the key set's source answers, how many are known then.
    int known_of_ten_at_once(const SigningKey& signer) {
        boost::asio::io_context context;
        async::Event answer(context.get_executor());
        slow = &answer;
        int known = 0;
        const auto count = [&](const std::exception_ptr&, Result<Principal> caller) {
            known += caller ? 1 : 0;
        };
        for (int i = 0; i < 10; ++i) {
            boost::asio::co_spawn(
                context.get_executor(), authenticator.authenticate(token_of(signer)), count);
        }
        context.poll();
        EXPECT_EQ(known, 0);
        answer.notify();
        context.run();
        slow = nullptr;
        return known;
    }

    static http::Request request_with(const std::string& authorization) {
        http::Request request;
        request.headers.add("Authorization", authorization);
        return request;
    }

    SetClock clock;
    SigningKey key = SigningKey::generate();
    SigningKey next_key = SigningKey::generate();
    std::string jwks = jwks_document({key.public_jwk()});
    bool down = false;
    int fetches = 0;
    async::Event* slow = nullptr;
    Authenticator authenticator{[this] { return fetch(); }, {.clock = &clock}};
};

TEST_F(AuthenticatorTest, KnowsTheCallerOfAGoodTokenAndFetchesTheKeysOnce) {
    for (const std::string_view scheme : {"Bearer ", "bearer ", "BEARER "}) {
        const auto caller = authenticate(std::string(scheme) + token_of(key).substr(7));
        ASSERT_TRUE(caller.has_value()) << caller.error().message();
        EXPECT_EQ(caller->user_id, 42);
    }
    EXPECT_EQ(fetches, 1);
}

TEST_F(AuthenticatorTest, RefusesHeadersThatCarryNoToken) {
    for (const std::string header :
         {"", "Bearer", "Bearer ", "Basic dTpw", "Token x", "Bearer x", "Bearer  x", "BearerX"}) {
        const auto caller = authenticate(header);
        ASSERT_FALSE(caller.has_value()) << header;
        EXPECT_EQ(caller.error().kind(), ErrorKind::unauthenticated) << header;
    }
}

TEST_F(AuthenticatorTest, ForgetsARememberedTokenWhenItExpires) {
    const std::string header = token_of(key);
    ASSERT_TRUE(authenticate(header).has_value());
    clock.moment += 16min;
    EXPECT_EQ(authenticate(header).error().message(), "The access token has expired.");
}

TEST_F(AuthenticatorTest, LearnsANewKeyAtOnceButAsksForUnknownOnesAtMostEveryFiveSeconds) {
    ASSERT_TRUE(authenticate(token_of(key)).has_value());
    clock.moment += 5s;
    jwks = jwks_document({key.public_jwk(), next_key.public_jwk()});
    EXPECT_TRUE(authenticate(token_of(next_key)).has_value());
    EXPECT_EQ(fetches, 2);

    const SigningKey stranger = SigningKey::generate();
    for (int i = 0; i < 100; ++i) {
        EXPECT_FALSE(authenticate(token_of(stranger)).has_value());
    }
    EXPECT_EQ(fetches, 2);
    clock.moment += 5s;
    EXPECT_FALSE(authenticate(token_of(stranger)).has_value());
    EXPECT_EQ(fetches, 3);
}

TEST_F(AuthenticatorTest, StopsTrustingAKeyThatWasWithdrawn) {
    const std::string header = token_of(key);
    ASSERT_TRUE(authenticate(header).has_value());
    jwks = jwks_document({next_key.public_jwk()});
    clock.moment += 5min;
    EXPECT_FALSE(authenticate(header).has_value());
}

TEST_F(AuthenticatorTest, KeepsTheLastKeysWhenTheirSourceIsDown) {
    const std::string header = token_of(key);
    ASSERT_TRUE(authenticate(header).has_value());
    down = true;
    clock.moment += 5min;
    EXPECT_TRUE(authenticate(header).has_value());
    down = false;
    jwks = "<html>not a key set</html>";
    clock.moment += 5s;
    EXPECT_TRUE(authenticate(header).has_value());
}

TEST_F(AuthenticatorTest, IsUnavailableUntilItHadKeysAndThenRecovers) {
    down = true;
    EXPECT_THROW(authenticate(token_of(key)), Unavailable);
    down = false;
    EXPECT_TRUE(authenticate(token_of(key)).has_value());
}

TEST_F(AuthenticatorTest, RequestsThatArriveTogetherShareOneFetch) {
    EXPECT_EQ(known_of_ten_at_once(key), 10);
    EXPECT_EQ(fetches, 1);
}

TEST_F(AuthenticatorTest, RequestsThatMeetANewKeyTogetherAllWaitForIt) {
    ASSERT_TRUE(authenticate(token_of(key)).has_value());
    clock.moment += 5s;
    jwks = jwks_document({key.public_jwk(), next_key.public_jwk()});
    EXPECT_EQ(known_of_ten_at_once(next_key), 10);
    EXPECT_EQ(fetches, 2);
}

TEST_F(AuthenticatorTest, TellsCustomersFromAdmins) {
    const http::Request customer = request_with(token_of(key));
    const http::Request admin = request_with(token_of(key, Role::admin));
    EXPECT_TRUE(run(authenticator.require_user(customer)).has_value());
    EXPECT_EQ(run(authenticator.require_admin(customer)).error().kind(), ErrorKind::forbidden);
    EXPECT_TRUE(run(authenticator.require_admin(admin)).has_value());
    EXPECT_EQ(run(authenticator.require_admin(http::Request())).error().kind(), ErrorKind::unauthenticated);
}

} // namespace
} // namespace tandem::auth
