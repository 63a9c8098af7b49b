#include "gateway/tests/integration/shop_behind_gateway.hpp"

#include <gmock/gmock.h>

namespace tandem::gateway {
namespace {

using ::testing::HasSubstr;

class AccessTest : public GatewayTest {};

TEST_F(AccessTest, LeadsTheCustomerToTheirOwnCart) {
    open_door();
    const auto response = get("/api/cart/items/7", token(42));
    EXPECT_EQ(response.status, 405);
    EXPECT_EQ(get("/api/cart", token(42)).body, "/cart/42?");
    EXPECT_EQ(get("/api/orders/my-orders", token(42)).body, "/orders/user/42?");
    EXPECT_EQ(call(request(http::Method::del, "/api/cart/items/7", token(42))).body, "/cart/42/items/7?");
}

TEST_F(AccessTest, PassesTheTokenOn) {
    open_door();
    const std::string mine = token(42);
    get("/api/orders", mine);
    EXPECT_EQ(service("order").requests.front().headers.get("Authorization"), mine);
    EXPECT_EQ(service("order").requests.front().headers.get("X-Forwarded-For"), "127.0.0.1");
}

TEST_F(AccessTest, StopsMissingAndForgedTokensAtTheDoor) {
    open_door();
    const auth::SigningKey other = auth::SigningKey::generate();
    const std::string forged =
        "Bearer " + other.sign({.principal = {.user_id = 1, .email = "a@b.c", .role = auth::Role::admin},
                                .issuer = "tandem",
                                .audience = "tandem-shop",
                                .issued_at = SystemClock().now(),
                                .expires_at = SystemClock().now() + std::chrono::minutes(5),
                                .token_id = "t"});
    for (const std::string& bad : {std::string(),
                                   std::string("Bearer x"),
                                   std::string("Basic abc"),
                                   forged,
                                   token(42).substr(0, 60),
                                   token(42) + "x"}) {
        const auto response = get("/api/orders", bad);
        EXPECT_EQ(response.status, 401) << bad;
        EXPECT_THAT(std::string(response.headers.get("WWW-Authenticate")), HasSubstr("Bearer")) << bad;
        EXPECT_EQ(response.headers.get("Content-Type"), "application/problem+json");
    }
    EXPECT_TRUE(service("order").requests.empty());
}

TEST_F(AccessTest, LetsOnlyAdministratorsChangeTheCatalog) {
    open_door();
    EXPECT_EQ(call(request(http::Method::post, "/api/products", token(42))).status, 403);
    EXPECT_TRUE(service("product", 0).requests.empty() && service("product", 1).requests.empty());
    EXPECT_EQ(call(request(http::Method::post, "/api/products", token(1, auth::Role::admin))).status, 200);
}

TEST_F(AccessTest, LeavesThePublicCatalogPublic) {
    open_door();
    EXPECT_EQ(get("/api/products").status, 200);
    EXPECT_EQ(get("/api/products", "Bearer expired").status, 200);
    EXPECT_EQ(key_fetches, 0);
}

TEST_F(AccessTest, LimitsEachCallerAlone) {
    open_door({.per_s = 1, .burst = 2});
    EXPECT_EQ(get("/api/cart", token(1)).status, 200);
    EXPECT_EQ(get("/api/cart", token(1)).status, 200);
    const auto refused = get("/api/cart", token(1));
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.headers.get("Retry-After"), "1");
    EXPECT_EQ(get("/api/cart", token(2)).status, 200);
    EXPECT_EQ(service("cart").requests.size(), 3u);
}

TEST_F(AccessTest, LimitsThoseWhoGuessTokensByTheirAddress) {
    open_door({.per_s = 1, .burst = 2});
    EXPECT_EQ(get("/api/cart", "Bearer a").status, 401);
    EXPECT_EQ(get("/api/cart", "Bearer b").status, 401);
    EXPECT_EQ(get("/api/cart", "Bearer c").status, 429);
    EXPECT_EQ(get("/api/products").status, 429);
    EXPECT_EQ(get("/health").headers.get("Content-Type"), "application/json");
}

TEST_F(AccessTest, CountsAlsoWhatACustomerIsForbidden) {
    open_door({.per_s = 1, .burst = 2});
    EXPECT_EQ(call(request(http::Method::del, "/api/products/1", token(1))).status, 403);
    EXPECT_EQ(call(request(http::Method::del, "/api/products/1", token(1))).status, 403);
    EXPECT_EQ(call(request(http::Method::del, "/api/products/1", token(1))).status, 429);
}

TEST_F(AccessTest, AnswersUnknownPathsAndMethodsItself) {
    open_door();
    EXPECT_EQ(get("/api/nothing").status, 404);
    EXPECT_EQ(get("/").status, 404);
    EXPECT_EQ(get("/products").status, 404);
    EXPECT_EQ(get("/cart/42", token(42)).status, 404);
    const auto refused = call(request(http::Method::del, "/api/auth/login"));
    EXPECT_EQ(refused.status, 405);
    EXPECT_EQ(refused.headers.get("Allow"), "POST");
}

TEST_F(AccessTest, LetsTheStorefrontReadAnswersAndRefusals) {
    open_door();
    http::Request allowed = request(http::Method::get, "/api/orders");
    allowed.headers.add("Origin", "http://localhost:3000");
    const auto refusal = call(std::move(allowed));
    EXPECT_EQ(refusal.status, 401);
    EXPECT_EQ(refusal.headers.get("Access-Control-Allow-Origin"), "http://localhost:3000");

    http::Request other = request(http::Method::get, "/api/products");
    other.headers.add("Origin", "http://evil.example");
    EXPECT_FALSE(call(std::move(other)).headers.has("Access-Control-Allow-Origin"));
}

TEST_F(AccessTest, ShowsTheContract) {
    open_door();
    const auto yaml = get("/openapi.yaml");
    EXPECT_EQ(yaml.body, std::string(builtin_openapi()));
    const auto page = get("/docs");
    EXPECT_THAT(std::string(page.headers.get("Content-Type")), HasSubstr("text/html"));
    EXPECT_THAT(page.body, HasSubstr("/api/orders/{id}/stream"));
}

} // namespace
} // namespace tandem::gateway
