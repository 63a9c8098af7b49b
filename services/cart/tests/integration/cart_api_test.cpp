#include "libs/auth/token.hpp"
#include "libs/http/server.hpp"
#include "services/cart/api/cart_routes.hpp"
#include "services/cart/infrastructure/http_catalog.hpp"
#include "services/cart/tests/integration/cart_database.hpp"

#include <gmock/gmock.h>

namespace tandem::cart::tests {
namespace {

using http::Method;
using http::Request;
using http::Response;
using ::testing::HasSubstr;

/// Answers as the product service does; product 1 exists.
Task<Response> product_service(Request request) {
    if (request.path == "/products/1") {
        co_return Response::json(
            200,
            R"({"id":1,"name":"Mouse","description":"","price":"49.99","stock":5,"image_url":"/mouse.png",)"
            R"("updated_at":"2026-01-01T00:00:00.000000Z"})");
    }
    co_return Response::json(request.path == "/products/500" ? 500 : 404, "{}");
}

/// Everything but the broker: routes, tokens, database, and a product service on a port of its own.
class CartApiTest : public CartDatabaseTest {
protected:
    CartApiTest() { routes.mount(router); }
    ~CartApiTest() override { testing::run(context, products.drain(soon())); }

    std::string token(std::int64_t user, auth::Role role = auth::Role::customer) {
        const Timestamp now = SystemClock().now();
        return key.sign({.principal = {user, "someone@example.com", role},
                         .issuer = "tandem",
                         .audience = "tandem-shop",
                         .issued_at = now,
                         .expires_at = now + std::chrono::minutes(5),
                         .token_id = "t"});
    }

    Response call(Method method, std::string path, std::string body = "", std::string bearer = "") {
        Request request;
        request.method = method;
        request.path = std::move(path);
        request.body = std::move(body);
        request.deadline = soon();
        request.headers.set("Authorization", "Bearer " + (bearer.empty() ? token(7) : bearer));
        if (!request.body.empty()) {
            request.headers.set("Content-Type", "application/json");
        }
        return testing::run(context, router.handle(std::move(request)));
    }

    static http::Endpoint started(http::Server& server) {
        server.start();
        return {"127.0.0.1", server.port()};
    }

    static Task<std::string> keys(const auth::SigningKey* signing) {
        co_return auth::jwks_document({signing->public_jwk()});
    }

    auth::SigningKey key = auth::SigningKey::generate();
    auth::Authenticator authenticator{[this] { return keys(&key); }, {}};
    http::Server products{context.get_executor(), product_service, {}};
    http::Client client{context.get_executor(), {}};
    HttpCatalog catalog{client, started(products)};
    Shopping shopping{*carts, catalog};
    CartRoutes routes{shopping, authenticator};
    http::Router router;
};

TEST_F(CartApiTest, ACartNobodyUsedIsEmptyAndHasAnId) {
    const Response response = call(Method::get, "/cart/7");
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, R"({"id":7,"user_id":7,"items":[],"total":"0.00"})");
}

TEST_F(CartApiTest, AnItemIsShownWithNamePriceAndSubtotal) {
    const Response response = call(Method::post, "/cart/7/items", R"({"product_id":1,"quantity":2})");
    EXPECT_EQ(response.status, 200);
    EXPECT_THAT(response.body,
                HasSubstr(R"("product_id":1,"product_name":"Mouse","name":"Mouse","image_url":"/mouse.png",)"
                          R"("price":"49.99","price_snapshot":"49.99","quantity":2,"subtotal":"99.98"}],)"
                          R"("total":"99.98"})"));
    EXPECT_EQ(call(Method::get, "/cart/7").body, response.body);
}

TEST_F(CartApiTest, OnePieceIsTheDefault) {
    EXPECT_THAT(call(Method::post, "/cart/7/items", R"({"product_id":1})").body,
                HasSubstr(R"("quantity":1)"));
}

TEST_F(CartApiTest, AnUnknownProductIsNotFound) {
    EXPECT_EQ(call(Method::post, "/cart/7/items", R"({"product_id":99})").status, 404);
}

TEST_F(CartApiTest, APuzzledProductServiceIsUnavailable) {
    EXPECT_EQ(call(Method::post, "/cart/7/items", R"({"product_id":500})").status, 503);
}

TEST_F(CartApiTest, AKnownProductIsTakenWhileTheProductServiceIsAway) {
    learn(news(2, 100));
    testing::run(context, products.drain(soon()));
    EXPECT_EQ(call(Method::post, "/cart/7/items", R"({"product_id":2})").status, 200);
    EXPECT_EQ(call(Method::post, "/cart/7/items", R"({"product_id":1})").status, 503);
}

TEST_F(CartApiTest, BadQuantitiesAndBodiesAreRefused) {
    for (const char* quantity : {"0", "-1", "1000", "1.5", "\"2\"", "1e30"}) {
        const std::string body = R"({"product_id":1,"quantity":)" + std::string(quantity) + "}";
        EXPECT_EQ(call(Method::post, "/cart/7/items", body).status, 422) << quantity;
    }
    EXPECT_EQ(call(Method::post, "/cart/7/items", "{").status, 400);
    EXPECT_EQ(call(Method::post, "/cart/7/items", "{}").status, 422);
}

TEST_F(CartApiTest, ItemsAreSetAndRemoved) {
    call(Method::post, "/cart/7/items", R"({"product_id":1,"quantity":2})");
    const std::string item = std::to_string(find(UserId(7)).items().front().id.value());
    const std::string path = "/cart/7/items/" + item;
    EXPECT_THAT(call(Method::put, path, R"({"quantity":5})").body, HasSubstr(R"("quantity":5)"));
    EXPECT_EQ(call(Method::put, path, R"({"quantity":1000})").status, 422);
    EXPECT_THAT(call(Method::put, path, R"({"quantity":0})").body, HasSubstr(R"("items":[])"));
    EXPECT_EQ(call(Method::put, path, R"({"quantity":1})").status, 404);
    EXPECT_EQ(call(Method::del, path).status, 404);

    call(Method::post, "/cart/7/items", R"({"product_id":1,"quantity":2})");
    EXPECT_THAT(call(Method::del, "/cart/7").body, HasSubstr(R"("items":[],"total":"0.00")"));
}

TEST_F(CartApiTest, ACartIsForItsOwnerAdminsAndServices) {
    EXPECT_EQ(call(Method::get, "/cart/7", "", "rubbish").status, 401);
    EXPECT_EQ(call(Method::get, "/cart/7", "", token(8)).status, 403);
    EXPECT_EQ(call(Method::post, "/cart/7/items", R"({"product_id":1})", token(8)).status, 403);
    EXPECT_EQ(call(Method::post, "/cart/7/purchases", R"({"order_id":1,"items":[]})", token(8)).status, 403);
    EXPECT_EQ(call(Method::get, "/cart/7", "", token(8, auth::Role::admin)).status, 200);
    EXPECT_EQ(call(Method::get, "/cart/7", "", token(8, auth::Role::service)).status, 200);
    EXPECT_EQ(call(Method::get, "/cart/seven").status, 404);
}

TEST_F(CartApiTest, APurchaseEmptiesWhatWasBoughtAndMayBeRepeated) {
    call(Method::post, "/cart/7/items", R"({"product_id":1,"quantity":5})");
    const std::string purchase = R"({"order_id":70,"items":[{"product_id":1,"quantity":2}]})";
    EXPECT_EQ(call(Method::post, "/cart/7/purchases", purchase).status, 204);
    EXPECT_EQ(call(Method::post, "/cart/7/purchases", purchase).status, 204);
    EXPECT_EQ(find(UserId(7)).items().front().quantity, 3);
    EXPECT_EQ(call(Method::post, "/cart/7/purchases", R"({"order_id":71,"items":[]})").status, 422);
}

} // namespace
} // namespace tandem::cart::tests
