#include "gateway/forwarding.hpp"

#include <gtest/gtest.h>

namespace tandem::gateway {
namespace {

http::Request from_client() {
    http::Request request;
    request.method = http::Method::post;
    request.path = "/api/cart/items";
    request.query = "a=%20b";
    request.body = "{}";
    request.client_address = "10.0.0.9";
    request.headers.add("Host", "shop:9000");
    request.headers.add("Authorization", "Bearer t");
    request.headers.add("Idempotency-Key", "k");
    return request;
}

TEST(ForwardingTest, KeepsMethodQueryBodyAndEndToEndHeaders) {
    const http::Request request = forwarded(from_client(), "/cart/42/items", "10.0.0.9");
    EXPECT_EQ(request.method, http::Method::post);
    EXPECT_EQ(request.path, "/cart/42/items");
    EXPECT_EQ(request.query, "a=%20b");
    EXPECT_EQ(request.body, "{}");
    EXPECT_EQ(request.headers.get("Authorization"), "Bearer t");
    EXPECT_EQ(request.headers.get("Idempotency-Key"), "k");
    EXPECT_EQ(request.headers.get("X-Forwarded-Host"), "shop:9000");
}

TEST(ForwardingTest, DropsHeadersAboutTheConnectionAndThoseItNames) {
    http::Request request = from_client();
    for (const auto* name :
         {"Keep-Alive", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Proxy-Authorization"}) {
        request.headers.add(name, "x");
    }
    request.headers.add("Connection", "close, X-Hop");
    request.headers.add("connection", "x-second");
    request.headers.add("X-Hop", "1");
    request.headers.add("X-Second", "1");
    const http::Request sent = forwarded(std::move(request), "/", "10.0.0.9");
    for (const auto* name : {"Connection",
                             "Keep-Alive",
                             "TE",
                             "Trailer",
                             "Transfer-Encoding",
                             "Upgrade",
                             "Proxy-Authorization",
                             "X-Hop",
                             "X-Second",
                             "Host"}) {
        EXPECT_FALSE(sent.headers.has(name)) << name;
    }
}

TEST(ForwardingTest, TakesNothingFromTheClientThatTheGatewaySaysItself) {
    http::Request request = from_client();
    request.headers.add("X-Forwarded-For", "1.2.3.4");
    request.headers.add("X-Deadline-Ms", "999999");
    request.headers.add("traceparent", "00-forged");
    const http::Request sent = forwarded(std::move(request), "/", "10.0.0.9");
    EXPECT_EQ(sent.headers.get("X-Forwarded-For"), "10.0.0.9");
    EXPECT_FALSE(sent.headers.has("X-Deadline-Ms"));
    EXPECT_FALSE(sent.headers.has("traceparent"));
}

TEST(ForwardingTest, PassesAnswersOnWithoutTheirConnectionHeaders) {
    http::Response answer = http::Response::json(201, "{}");
    answer.headers.add("ETag", "\"1\"");
    answer.headers.add("Connection", "keep-alive, X-Hop");
    answer.headers.add("X-Hop", "1");
    answer.headers.add("Server", "secret/1.0");
    const http::Response response = passed_on(std::move(answer));
    EXPECT_EQ(response.status, 201);
    EXPECT_EQ(response.body, "{}");
    EXPECT_EQ(response.headers.get("ETag"), "\"1\"");
    for (const auto* name : {"Connection", "X-Hop", "Server"}) {
        EXPECT_FALSE(response.headers.has(name)) << name;
    }
}

TEST(ForwardingTest, SaysWhereSomethingIsAsTheCallerHasToAskForIt) {
    http::Response created = http::Response::json(201, "{}");
    created.headers.add("Location", "/products/7");
    name_publicly(created, "/products", "/api/products");
    EXPECT_EQ(created.headers.get("Location"), "/api/products/7");
}

TEST(ForwardingTest, BelievesOnlyTrustedProxiesAboutTheClient) {
    http::Request request = from_client();
    request.headers.add("X-Forwarded-For", "6.6.6.6, 203.0.113.7");
    EXPECT_EQ(client_of(request, {}), "10.0.0.9");
    EXPECT_EQ(client_of(request, {"10.0.0.9"}), "203.0.113.7");
    EXPECT_EQ(client_of(from_client(), {"10.0.0.9"}), "10.0.0.9");
}

} // namespace
} // namespace tandem::gateway
