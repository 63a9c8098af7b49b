#include "libs/http/cors.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tandem::http {
namespace {

using ::testing::HasSubstr;

class CorsTest : public ::testing::Test {
protected:
    static Request preflight_from(const std::string& origin) {
        Request request;
        request.method = Method::options;
        request.headers.add("Origin", origin);
        request.headers.add("Access-Control-Request-Method", "POST");
        return request;
    }

    const Cors cors{{"http://localhost:3000"}};
};

TEST_F(CorsTest, AllowsAListedOriginInItsPreflight) {
    const auto answer = cors.preflight(preflight_from("http://localhost:3000"));
    ASSERT_TRUE(answer.has_value());
    EXPECT_EQ(answer->status, 204);
    EXPECT_EQ(answer->headers.get("Access-Control-Allow-Origin"), "http://localhost:3000");
    EXPECT_THAT(std::string(answer->headers.get("Access-Control-Allow-Headers")),
                HasSubstr("Idempotency-Key"));
    EXPECT_THAT(std::string(answer->headers.get("Access-Control-Allow-Methods")), HasSubstr("PATCH"));
    EXPECT_EQ(answer->headers.get("Vary"), "Origin");
}

TEST_F(CorsTest, GivesOtherOriginsNothing) {
    for (const auto* origin : {"http://evil.example",
                               "null",
                               "http://localhost:3000.evil.example",
                               "https://localhost:3000",
                               "http://localhost:30000"}) {
        const auto answer = cors.preflight(preflight_from(origin));
        ASSERT_TRUE(answer.has_value());
        EXPECT_FALSE(answer->headers.has("Access-Control-Allow-Origin")) << origin;
        Response response;
        cors.allow(origin, response);
        EXPECT_FALSE(response.headers.has("Access-Control-Allow-Origin")) << origin;
    }
}

TEST_F(CorsTest, ShowsTheHeadersOfTheContractToAListedOrigin) {
    Response response;
    cors.allow("http://localhost:3000", response);
    EXPECT_EQ(response.headers.get("Access-Control-Allow-Origin"), "http://localhost:3000");
    for (const auto* name :
         {"X-Total-Count", "X-Request-Id", "X-Trace-Id", "ETag", "Idempotency-Replayed", "Retry-After"}) {
        EXPECT_THAT(std::string(response.headers.get("Access-Control-Expose-Headers")), HasSubstr(name));
    }
}

TEST_F(CorsTest, TakesAnOrdinaryOptionsRequestForNoPreflight) {
    Request request;
    request.method = Method::options;
    EXPECT_FALSE(cors.preflight(request).has_value());
    request.headers.add("Origin", "http://localhost:3000");
    EXPECT_FALSE(cors.preflight(request).has_value());
    Request get = preflight_from("http://localhost:3000");
    get.method = Method::get;
    EXPECT_FALSE(cors.preflight(get).has_value());
}

} // namespace
} // namespace tandem::http
