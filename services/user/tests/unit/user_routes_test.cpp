#include "libs/testing/run.hpp"
#include "services/user/api/client_address.hpp"
#include "services/user/api/user_routes.hpp"
#include "services/user/tests/unit/in_memory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tandem::user {
namespace {

using http::Method;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using testing::run;

class UserRoutesTest : public ::testing::Test {
protected:
    void SetUp() override { routes.mount(router); }

    http::Response send(Method method, std::string path, std::string body, std::string token = {}) {
        http::Request request;
        request.method = method;
        request.path = std::move(path);
        request.body = std::move(body);
        request.client_address = "10.0.0.1";
        request.headers.add("Content-Type", "application/json");
        if (!token.empty()) {
            request.headers.add("Authorization", "Bearer " + token);
        }
        return run(router.handle(std::move(request)));
    }
    http::Response post(std::string path, std::string body) {
        return send(Method::post, std::move(path), std::move(body));
    }
    http::Response get(std::string path, std::string token = {}) {
        return send(Method::get, std::move(path), "", std::move(token));
    }

    std::string token_for(std::int64_t user, auth::Role role = auth::Role::customer) const {
        return key.sign({.principal = {user, "a@b.example", role},
                         .issuer = "tandem",
                         .audience = "tandem-shop",
                         .issued_at = SystemClock().now(),
                         .expires_at = SystemClock().now() + std::chrono::minutes(5),
                         .token_id = "t"});
    }

    Task<std::string> own_jwks() { co_return jwks; }

    const auth::SigningKey key = auth::SigningKey::generate();
    const std::string jwks = auth::jwks_document({key.public_jwk()});
    SetClock clock;
    UsersInMemory users;
    RefreshTokensInMemory tokens{users};
    FastHasher hasher;
    ReadableTokens issuer;
    LoginThrottle throttle{{.failures_max = 3}};
    Registration registration{users, hasher, clock};
    Sessions sessions{users, tokens, hasher, issuer, throttle, clock, {}};
    auth::Authenticator authenticator{[this] { return own_jwks(); }, {}};
    UserRoutes routes{
        registration, sessions, users, authenticator, {.jwks = jwks, .trusted_proxies = {"10.0.0.1"}}};
    http::Router router;

    static constexpr const char* paint =
        R"({"email":"Paint@example.com","password":"password123","full_name":"Paint Tester"})";
    static constexpr const char* paint_login = R"({"email":"paint@example.com","password":"password123"})";
};

TEST_F(UserRoutesTest, RegisteringAnswersTheUserAndNeverThePassword) {
    const auto answer = post("/auth/register", paint);
    EXPECT_EQ(answer.status, 201);
    EXPECT_EQ(answer.body,
              R"({"id":1,"email":"paint@example.com","name":"Paint Tester","full_name":"Paint Tester",)"
              R"("role":"customer","created_at":"2026-11-23T12:00:00.000000Z"})");
    EXPECT_EQ(post("/auth/register", paint).status, 409);
}

TEST_F(UserRoutesTest, NameStandsInForFullName) {
    const auto answer =
        post("/auth/register", R"({"email":"a@b.co","password":"password123","name":"Old Client"})");
    EXPECT_EQ(answer.status, 201);
    EXPECT_THAT(answer.body, HasSubstr(R"("full_name":"Old Client")"));
}

TEST_F(UserRoutesTest, NobodyRegistersAsAdministrator) {
    const auto answer = post(
        "/auth/register", R"({"email":"a@b.co","password":"password123","name":"A","role":"admin","id":9})");
    EXPECT_EQ(answer.status, 201);
    EXPECT_THAT(answer.body, HasSubstr(R"("role":"customer")"));
}

TEST_F(UserRoutesTest, BadBodiesNameWhatIsWrong) {
    EXPECT_EQ(post("/auth/register", "{").status, 400);
    EXPECT_EQ(post("/auth/register", "").status, 400);
    EXPECT_EQ(post("/auth/register", "[]").status, 422);
    const auto invalid = post("/auth/register", R"({"email":"nobody","password":"short","name":""})");
    EXPECT_EQ(invalid.status, 422);
    for (const std::string field : {"email", "password", "full_name"}) {
        EXPECT_THAT(invalid.body, HasSubstr("\"field\":\"" + field + "\""));
    }
    EXPECT_THAT(post("/auth/register", R"({"email":"a@b.co","password":"password123"})").body,
                HasSubstr("full_name"));
    for (const std::string body : {"{}", R"({"email":"nobody","password":"short"})"}) {
        const auto nameless = post("/auth/register", body);
        for (const std::string field : {"email", "password", "full_name"}) {
            EXPECT_THAT(nameless.body, HasSubstr("\"field\":\"" + field + "\"")) << body;
        }
    }
    EXPECT_THAT(post("/auth/login", R"({"email":"a@b.co"})").body, HasSubstr("\"field\":\"password\""));
    EXPECT_EQ(post("/auth/refresh", "{}").status, 422);
}

TEST_F(UserRoutesTest, SigningInAnswersTheTokens) {
    post("/auth/register", paint);
    const auto answer = post("/auth/login", paint_login);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body,
              R"({"access_token":"access-of-paint@example.com","token_type":"bearer","expires_in":900,)"
              R"("refresh_token":"refresh-1"})");
}

TEST_F(UserRoutesTest, AWrongPasswordIs401AndTooManyAre429WithRetryAfter) {
    post("/auth/register", paint);
    for (int i = 0; i < 3; ++i) {
        const auto wrong = post("/auth/login", R"({"email":"paint@example.com","password":"wrong"})");
        EXPECT_EQ(wrong.status, 401);
        EXPECT_EQ(wrong.headers.get("WWW-Authenticate"), "Bearer");
    }
    const auto closed = post("/auth/login", paint_login);
    EXPECT_EQ(closed.status, 429);
    EXPECT_EQ(closed.headers.get("Retry-After"), "900");
}

TEST_F(UserRoutesTest, RefreshTokensRotateAndSigningOutEndsThem) {
    post("/auth/register", paint);
    post("/auth/login", paint_login);
    EXPECT_EQ(post("/auth/refresh", R"({"refresh_token":"refresh-1"})").status, 200);
    EXPECT_EQ(post("/auth/logout", R"({"refresh_token":"refresh-2"})").status, 204);
    EXPECT_EQ(post("/auth/refresh", R"({"refresh_token":"refresh-2"})").status, 401);
}

TEST_F(UserRoutesTest, BusyHashingIs503) {
    hasher.busy = true;
    EXPECT_EQ(post("/auth/register", paint).status, 503);
    EXPECT_EQ(post("/auth/login", paint_login).status, 503);
}

TEST_F(UserRoutesTest, MeIsTheTokensUser) {
    post("/auth/register", paint);
    EXPECT_EQ(get("/auth/me").status, 401);
    EXPECT_EQ(get("/auth/me", "nonsense").status, 401);
    const auto me = get("/auth/me", token_for(1));
    EXPECT_EQ(me.status, 200);
    EXPECT_THAT(me.body, HasSubstr("paint@example.com"));
    EXPECT_EQ(get("/auth/me", token_for(99)).status, 401);
}

TEST_F(UserRoutesTest, AnotherUserIs404ExceptForAdminsAndServices) {
    post("/auth/register", paint);
    EXPECT_EQ(get("/users/1").status, 401);
    EXPECT_EQ(get("/users/1", token_for(1)).status, 200);
    EXPECT_EQ(get("/users/1", token_for(2)).status, 404);
    EXPECT_EQ(get("/users/1", token_for(2)).body, get("/users/1", token_for(3)).body);
    EXPECT_EQ(get("/users/1", token_for(2, auth::Role::admin)).status, 200);
    EXPECT_EQ(get("/users/1", token_for(2, auth::Role::service)).status, 200);
    EXPECT_EQ(get("/users/99", token_for(2, auth::Role::admin)).status, 404);
    EXPECT_EQ(get("/users/x", token_for(2, auth::Role::admin)).status, 404);
}

TEST_F(UserRoutesTest, PublishesItsKeysForCaches) {
    const auto answer = get("/.well-known/jwks.json");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, jwks);
    EXPECT_THAT(std::string(answer.headers.get("Cache-Control")), HasSubstr("public"));
}

http::Request from(const std::string& peer, std::initializer_list<std::string> forwarded) {
    http::Request request;
    request.client_address = peer;
    for (const std::string& line : forwarded) {
        request.headers.add("x-forwarded-for", line);
    }
    return request;
}

TEST(ClientAddressTest, BelievesOnlyWhatTheTrustedProxyWrote) {
    const std::set<std::string> gateway{"127.0.0.1"};
    EXPECT_EQ(client_address(from("127.0.0.1", {"192.0.2.7"}), gateway), "192.0.2.7");
    EXPECT_EQ(client_address(from("127.0.0.1", {"1.1.1.1, 192.0.2.7"}), gateway), "192.0.2.7");
    EXPECT_EQ(client_address(from("127.0.0.1", {"1.1.1.1", "192.0.2.7"}), gateway), "192.0.2.7");
    EXPECT_EQ(client_address(from("127.0.0.1", {}), gateway), "127.0.0.1");
    EXPECT_EQ(client_address(from("127.0.0.1", {" , "}), gateway), "127.0.0.1");
    EXPECT_EQ(client_address(from("127.0.0.1", {std::string(500, 'x')}), gateway), "127.0.0.1");
    EXPECT_EQ(client_address(from("10.0.0.9", {"192.0.2.7"}), gateway), "10.0.0.9");
    EXPECT_EQ(client_address(from("10.0.0.9", {"192.0.2.7"}), {"*"}), "192.0.2.7");
    EXPECT_EQ(client_address(from("127.0.0.1", {"192.0.2.7"}), {}), "127.0.0.1");
}

} // namespace
} // namespace tandem::user
