#include "flight-recorder/recorder_routes.hpp"
#include "flight-recorder/tests/unit/samples.hpp"
#include "libs/testing/run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tandem::recorder {
namespace {

using ::testing::HasSubstr;

Task<std::string> keys_of(const auth::SigningKey& key) {
    co_return auth::jwks_document({key.public_jwk()});
}

class RecorderRoutesTest : public ::testing::Test {
protected:
    RecorderRoutesTest() { routes.mount(router); }

    http::Response send(http::Request request) {
        return testing::run(context, router.handle(std::move(request)));
    }

    http::Response take(std::string body, const std::string& type = "application/json") {
        http::Request request;
        request.method = http::Method::post;
        request.path = "/v1/traces";
        request.headers.add("Content-Type", type);
        request.body = std::move(body);
        return send(std::move(request));
    }

    http::Response show(const std::string& order, const std::string& token) {
        http::Request request;
        request.path = "/orders/" + order + "/flight";
        if (!token.empty()) {
            request.headers.add("Authorization", "Bearer " + token);
        }
        return send(std::move(request));
    }

    std::string
    token(const auth::SigningKey& signer, std::int64_t user, auth::Role role = auth::Role::customer) {
        const Timestamp now = clock.now();
        return signer.sign({.principal = {.user_id = user, .email = "a@b.example", .role = role},
                            .issuer = "tandem",
                            .audience = "tandem-shop",
                            .issued_at = now,
                            .expires_at = now + std::chrono::minutes(15),
                            .token_id = "t"});
    }

    void record_order(std::int64_t order_id, std::int64_t owner) {
        const auto response = take(samples::request(samples::members(
            samples::attribute("tandem.order_id", fmt::format(R"({{"intValue":{}}})", order_id)) + "," +
            samples::attribute("enduser.id", fmt::format(R"({{"stringValue":"{}"}})", owner)))));
        ASSERT_EQ(response.status, 200) << response.body;
    }

    boost::asio::io_context context;
    const SystemClock clock;
    const auth::SigningKey user_service = auth::SigningKey::generate();
    const auth::SigningKey monolith = auth::SigningKey::generate();
    auth::Authenticator gateway_door{[this] { return keys_of(user_service); }, {}};
    auth::Authenticator monolith_door{[this] { return keys_of(monolith); }, {}};
    FlightLog log{{}, [](Drop, std::size_t) {}};
    RecorderRoutes routes{log, {gateway_door, monolith_door}, clock};
    http::Router router;
};

TEST_F(RecorderRoutesTest, ShowsAnOwnerTheFlight) {
    record_order(17, 41);
    const auto response = show("17", token(user_service, 41));
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(
        response.body,
        R"({"order_id":17,"is_complete":false,"spans":[{"trace_id":"5b8efff798038103d269b633813fc60c",)"
        R"("span_id":"eee19b7ec3c1b174","parent_span_id":"eee19b7ec3c1b173","service":"order-service",)"
        R"("name":"store order.paid","kind":"internal","start_us":1544712660000000,"duration_us":1000500,)"
        R"("status":"error","status_message":"declined",)"
        R"("attributes":{"tandem.order_id":17,"enduser.id":"41"}}]})");
}

TEST_F(RecorderRoutesTest, AnOrderThatSomebodyElsePlacedOrNobodyDoesNotExist) {
    record_order(17, 41);
    EXPECT_EQ(show("17", token(user_service, 42)).status, 404);
    EXPECT_EQ(show("18", token(user_service, 41)).status, 404);
    EXPECT_EQ(show("17", token(user_service, 42)).body, show("17", token(user_service, 43)).body);
    EXPECT_EQ(show("seventeen", token(user_service, 41)).status, 404);
}

TEST_F(RecorderRoutesTest, AnAdministratorSeesEveryFlight) {
    record_order(17, 41);
    EXPECT_EQ(show("17", token(user_service, 1, auth::Role::admin)).status, 200);
}

TEST_F(RecorderRoutesTest, AnOrderWhoseOwnerIsNotKnownIsNobodys) {
    record_order(17, 0);
    EXPECT_EQ(show("17", token(user_service, 41)).status, 404);
}

TEST_F(RecorderRoutesTest, WhoIsNotSignedInIsToldSo) {
    record_order(17, 41);
    EXPECT_EQ(show("17", "").status, 401);
    EXPECT_EQ(show("17", "junk").status, 401);
    EXPECT_EQ(show("17", token(auth::SigningKey::generate(), 41)).status, 401);
}

TEST_F(RecorderRoutesTest, ATokenOpensOnlyOrdersOfItsOwnShop) {
    record_order(17, 41);
    record_order(first_monolith_order, 41);
    const std::string monolith_number = std::to_string(first_monolith_order);
    EXPECT_EQ(show("17", token(monolith, 41)).status, 401);
    EXPECT_EQ(show(monolith_number, token(user_service, 41)).status, 401);
    EXPECT_EQ(show(monolith_number, token(monolith, 41)).status, 200);
}

TEST_F(RecorderRoutesTest, RefusesWhatIsNoOtlpJson) {
    const auto malformed = take(R"({"resourceSpans":[{"scopeSpans":[{"spans":[{}]}]}]})");
    EXPECT_EQ(malformed.status, 400);
    EXPECT_EQ(malformed.headers.get("Content-Type"), "application/problem+json");
    EXPECT_THAT(malformed.body, HasSubstr("traceId"));
    EXPECT_EQ(take("{").status, 400);
    EXPECT_EQ(take("").status, 400);
    EXPECT_EQ(take("\x0a\x01", "application/x-protobuf").status, 415);
    EXPECT_EQ(take("{}", "text/plain").status, 415);
    EXPECT_EQ(log.spans(), 0U);
}

TEST_F(RecorderRoutesTest, RefusesCompressedBodies) {
    http::Request request;
    request.method = http::Method::post;
    request.path = "/v1/traces";
    request.headers.add("Content-Type", "application/json");
    request.headers.add("Content-Encoding", "gzip");
    EXPECT_EQ(send(std::move(request)).status, 415);
}

} // namespace
} // namespace tandem::recorder
