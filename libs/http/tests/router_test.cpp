#include "libs/http/router.hpp"
#include "libs/kernel/unavailable.hpp"
#include "libs/testing/run.hpp"

#include <gtest/gtest.h>

namespace tandem::http {
namespace {

using tandem::testing::run;

Task<Response> echo(Request request) {
    std::string text = request.route;
    for (const auto& [name, value] : request.path_parameters) {
        text += " " + name + "=" + value;
    }
    co_return Response::text(200, text);
}

Task<Response> upstream_down(Request) {
    throw Unavailable("password=secret host=10.0.0.1");
    co_return Response();
}

Task<Response> too_late(Request) {
    throw DeadlineExceeded("secret");
    co_return Response();
}

Task<Response> wrong(Request) {
    throw std::logic_error("secret");
    co_return Response();
}

class RouterTest : public ::testing::Test {
protected:
    RouterTest() {
        router.add(Method::get, "/products/{id}", echo);
        router.add(Method::del, "/products/{id}", echo);
        router.add(Method::get, "/products", echo);
        router.add(Method::get, "/products/categories", echo);
        router.add(Method::post, "/products/categories", echo);
        router.add(Method::get, "/products/{product_id}/reviews/{id}", echo);
        router.add(Method::get, "/files/{path...}", echo);
        router.add(Method::get, "/", echo);
        router.add(Method::get, "/down", upstream_down);
        router.add(Method::get, "/late", too_late);
        router.add(Method::get, "/wrong", wrong);
    }

    Response call(Method method, std::string path) {
        Request request;
        request.method = method;
        request.path = std::move(path);
        return run(router.handle(std::move(request)));
    }
    std::string get(std::string path) { return call(Method::get, std::move(path)).body; }

    Router router;
};

TEST_F(RouterTest, PrefersAFixedSegmentToAParameter) {
    EXPECT_EQ(get("/products/categories"), "/products/categories");
    EXPECT_EQ(get("/products/7"), "/products/{id} id=7");
}

TEST_F(RouterTest, FallsBackToTheParameterWhenTheFixedSegmentLeadsNowhere) {
    EXPECT_EQ(get("/products/categories/reviews/1"),
              "/products/{product_id}/reviews/{id} product_id=categories id=1");
}

TEST_F(RouterTest, DecodesParametersButNotSlashes) {
    EXPECT_EQ(get("/products/a%2Fb"), "/products/{id} id=a/b");
    EXPECT_EQ(call(Method::get, "/products/%zz").status, 404);
    EXPECT_EQ(call(Method::get, "/products/%00").status, 404);
    EXPECT_EQ(call(Method::get, "/products/" + std::string(257, 'x')).status, 404);
}

TEST_F(RouterTest, TakesTheRestOfThePath) {
    EXPECT_EQ(get("/files/a/b%20c/d"), "/files/{path...} path=a/b c/d");
    EXPECT_EQ(call(Method::get, "/files").status, 404);
}

TEST_F(RouterTest, IgnoresOneTrailingSlash) {
    EXPECT_EQ(get("/products/"), "/products");
    EXPECT_EQ(get("/"), "/");
    EXPECT_EQ(call(Method::get, "/products//").status, 404);
    EXPECT_EQ(call(Method::get, "//products").status, 404);
}

TEST_F(RouterTest, SaysWhichMethodsAKnownPathHas) {
    const Response response = call(Method::put, "/products/7");
    EXPECT_EQ(response.status, 405);
    EXPECT_EQ(response.headers.get("Allow"), "GET, HEAD, DELETE");
    EXPECT_EQ(call(Method::del, "/products/categories").headers.get("Allow"), "GET, HEAD, POST");
    EXPECT_EQ(call(Method::put, "/nothing").status, 404);
}

TEST_F(RouterTest, AnswersHeadByGet) {
    EXPECT_EQ(call(Method::head, "/products/7").status, 200);
}

TEST_F(RouterTest, TurnsExceptionsIntoProblemsWithoutTheirText) {
    const Response down = call(Method::get, "/down");
    EXPECT_EQ(down.status, 503);
    EXPECT_TRUE(down.headers.has("Retry-After"));
    const Response late = call(Method::get, "/late");
    EXPECT_EQ(late.status, 504);
    const Response broken = call(Method::get, "/wrong");
    EXPECT_EQ(broken.status, 500);
    for (const Response* response : {&down, &late, &broken}) {
        EXPECT_EQ(response->headers.get("Content-Type"), "application/problem+json");
        EXPECT_EQ(response->body.find("secret"), std::string::npos);
    }
}

TEST_F(RouterTest, NamesTheRouteForMetrics) {
    EXPECT_EQ(call(Method::get, "/products/7").route, "/products/{id}");
    EXPECT_EQ(call(Method::get, "/wrong").route, "/wrong");
    EXPECT_EQ(call(Method::get, "/nothing").route, "");
}

} // namespace
} // namespace tandem::http
