#include "services/product/api/product_routes.hpp"
#include "services/product/api/review_routes.hpp"
#include "services/product/infrastructure/postgres_catalog.hpp"
#include "services/product/infrastructure/postgres_reviews.hpp"
#include "services/product/tests/integration/product_database.hpp"

#include <gmock/gmock.h>

namespace tandem::product {
namespace {

using http::Method;
using http::Response;
using ::testing::HasSubstr;
using testing::run;
using ::testing::StartsWith;

constexpr std::int64_t buyer = 7;
constexpr auto a_product =
    R"({"name":"Trackball","description":"Round.","price":"59.90","initial_inventory":7})";

/// The routes as main.cpp mounts them, on a real database, with keys of the test's own.
class ProductRoutesTest : public ProductDatabaseTest {
protected:
    ProductRoutesTest() {
        product_routes.mount(router);
        review_routes.mount(router);
    }

    Response send(Method method, const std::string& target, std::string body = "", std::string token = "") {
        http::Request request;
        request.method = method;
        const std::size_t question = std::min(target.find('?'), target.size());
        request.path = target.substr(0, question);
        request.query = target.substr(std::min(question + 1, target.size()));
        if (!token.empty()) {
            request.headers.set("Authorization", "Bearer " + token);
        }
        if (!body.empty()) {
            request.headers.set("Content-Type", "application/json");
        }
        request.body = std::move(body);
        return run(io, router.handle(std::move(request)));
    }
    Response get(const std::string& target) { return send(Method::get, target); }
    int status(Method method, const std::string& target, std::string body = "", std::string token = "") {
        return send(method, target, std::move(body), std::move(token)).status;
    }
    std::string token(std::int64_t user, auth::Role role) const {
        const Timestamp now = SystemClock().now();
        return key.sign({{user, "someone@example.com", role},
                         "tandem",
                         "tandem-shop",
                         now,
                         now + std::chrono::minutes(5),
                         "token-1"});
    }
    static Task<std::string> jwks(std::string document) { co_return document; }

    auth::SigningKey key = auth::SigningKey::generate();
    auth::Authenticator authenticator{[this] { return jwks(auth::jwks_document({key.public_jwk()})); },
                                      auth::AuthenticatorOptions()};
    PostgresCatalog products{pool, [] {}};
    Catalog catalog{products};
    CatalogAdministration administration{products};
    ProductRoutes product_routes{catalog, administration, authenticator};
    PostgresReviews stored_reviews{pool};
    Reviews reviews{stored_reviews};
    ReviewRoutes review_routes{reviews, authenticator};
    http::Router router;

    const std::string admin = token(1, auth::Role::admin);
    const std::string customer = token(buyer, auth::Role::customer);
};

TEST_F(ProductRoutesTest, ListsTheCatalogForEverybody) {
    const Response response = get("/products?limit=2&sort=-price");
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.headers.get("X-Total-Count"), std::to_string(first_catalog().products.size()));
    EXPECT_THAT(response.body, StartsWith(R"([{"id":1,"name":"Gaming Laptop")"));

    http::Request again;
    again.path = "/products";
    again.query = "limit=2&sort=-price";
    again.headers.set("If-None-Match", std::string(response.headers.get("ETag")));
    const Response unchanged = run(io, router.handle(std::move(again)));
    EXPECT_EQ(unchanged.status, 304);
    EXPECT_EQ(unchanged.body, "");
}

TEST_F(ProductRoutesTest, QuotesSeveralProductsAtOnce) {
    const Response response = get("/products?ids=3,1,4711");
    EXPECT_EQ(response.headers.get("X-Total-Count"), "2");
    EXPECT_THAT(response.body, HasSubstr(R"("price":"149.99","stock":25,"available_stock":25)"));
    EXPECT_EQ(get("/products?ids=").body, "[]");
    EXPECT_EQ(get("/products?ids=x").status, 422);
}

TEST_F(ProductRoutesTest, AnswersWhatIsNotThereWith404) {
    for (const auto* id : {"4711", "0", "-1", "laptop", "99999999999999999999"}) {
        const std::string path = std::string("/products/") + id;
        const Response response = get(path);
        EXPECT_EQ(response.status, 404) << id;
        EXPECT_EQ(response.headers.get("Content-Type"), "application/problem+json") << id;
        EXPECT_EQ(get(path + "/reviews").status, 404) << id;
        EXPECT_EQ(status(Method::put, path, R"({"price":"1.00"})", admin), 404) << id;
        EXPECT_EQ(status(Method::del, path, "", admin), 404) << id;
        EXPECT_EQ(status(Method::patch, path + "/stock?stock_change=1", "", admin), 404) << id;
    }
}

TEST_F(ProductRoutesTest, AnswersBadParametersWith422) {
    for (const auto* query :
         {"skip=-1", "limit=0", "limit=501", "category_id=x", "sort=size", "q=%ff", "q=%01"}) {
        EXPECT_EQ(get(std::string("/products?") + query).status, 422) << query;
    }
}

TEST_F(ProductRoutesTest, OnlyAdminsWrite) {
    const auto refused = [&](Method method, const std::string& target) {
        EXPECT_EQ(status(method, target, a_product), 401) << target;
        EXPECT_EQ(status(method, target, a_product, "not.a.token"), 401) << target;
        EXPECT_EQ(status(method, target, a_product, customer), 403) << target;
    };
    refused(Method::post, "/products");
    refused(Method::put, "/products/1");
    refused(Method::del, "/products/1");
    refused(Method::patch, "/products/1/stock?stock_change=1");
    refused(Method::post, "/products/categories");
    EXPECT_EQ(stock(laptop), Stock::of(10));
}

TEST_F(ProductRoutesTest, AnAdminAddsChangesAndDeletes) {
    const Response added = send(Method::post, "/products", a_product, admin);
    ASSERT_EQ(added.status, 201);
    const std::string path(added.headers.get("Location"));
    EXPECT_EQ(get(path).body, added.body);

    const Response changed = send(Method::put, path, R"({"name":"Big Trackball","category_id":3})", admin);
    EXPECT_EQ(changed.status, 200);
    EXPECT_THAT(changed.body, HasSubstr(R"("name":"Big Trackball")"));
    EXPECT_THAT(changed.body, HasSubstr(R"("category_id":3)"));
    EXPECT_THAT(changed.body, HasSubstr(R"("price":"59.90")"));
    EXPECT_THAT(send(Method::put, path, R"({"category_id":null,"image_url":null})", admin).body,
                HasSubstr(R"("category_id":null,"image_url":null)"));

    EXPECT_THAT(send(Method::patch, path + "/stock?stock_change=-7", "", admin).body,
                HasSubstr(R"("stock":0)"));
    EXPECT_EQ(status(Method::patch, path + "/stock?stock_change=-1", "", admin), 409);
    EXPECT_EQ(status(Method::del, path, "", admin), 204);
    EXPECT_EQ(get(path).status, 404);
}

TEST_F(ProductRoutesTest, RefusesBadProducts) {
    EXPECT_EQ(status(Method::post, "/products", "{", admin), 400);
    EXPECT_EQ(status(Method::post, "/products", R"({"name":"Free","price":"0.00"})", admin), 422);
    EXPECT_EQ(status(Method::post, "/products", R"({"name":"a","price":"1.00","category_id":4711})", admin),
              422);
    EXPECT_EQ(status(Method::post, "/products", R"({"name":"a","price":"1.00","stock":-1})", admin), 422);
    EXPECT_EQ(status(Method::put, "/products/1", R"({"price":"1000000.01"})", admin), 422);
    EXPECT_EQ(status(Method::patch, "/products/1/stock", "", admin), 422);
    EXPECT_EQ(status(Method::patch, "/products/1/stock?stock_change=1.5", "", admin), 422);

    http::Request text;
    text.method = Method::post;
    text.path = "/products";
    text.headers.set("Authorization", "Bearer " + admin);
    text.headers.set("Content-Type", "text/plain");
    text.body = a_product;
    EXPECT_EQ(run(io, router.handle(std::move(text))).status, 415);
}

TEST_F(ProductRoutesTest, ListsAndAddsCategories) {
    EXPECT_THAT(get("/products/categories").body, HasSubstr(R"("name":"Audio")"));
    EXPECT_EQ(status(Method::post, "/products/categories", R"({"name":"Garden"})", admin), 201);
    EXPECT_EQ(status(Method::post, "/products/categories", R"({"name":"garden"})", admin), 409);
    EXPECT_EQ(status(Method::post, "/products/categories", R"({"name":""})", admin), 422);
}

TEST_F(ProductRoutesTest, ABuyerReviewsOnce) {
    const std::string path = "/products/1/reviews";
    const std::string review = R"({"rating":4,"comment":"Fast."})";
    EXPECT_EQ(status(Method::post, path, review), 401);
    EXPECT_EQ(status(Method::post, path, review, customer), 403);

    execute("INSERT INTO buyers (user_id, product_id) VALUES (7, 1)");
    EXPECT_EQ(status(Method::post, path, R"({"rating":6})", customer), 422);
    const Response written = send(Method::post, path, review, customer);
    EXPECT_EQ(written.status, 201);
    EXPECT_THAT(written.body, HasSubstr(R"("product_id":1,"user_id":7,"rating":4,"comment":"Fast.")"));
    EXPECT_EQ(status(Method::post, path, review, customer), 409);

    EXPECT_EQ(get(path).headers.get("X-Total-Count"), "1");
    EXPECT_THAT(get("/products/1").body, HasSubstr(R"("average_rating":4)"));
}

} // namespace
} // namespace tandem::product
