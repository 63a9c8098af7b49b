#include "libs/http/client.hpp"
#include "libs/http/message.hpp"
#include "libs/http/url.hpp"

#include <gtest/gtest.h>

namespace tandem::http {
namespace {

TEST(HeadersTest, ComparesNamesWithoutCase) {
    Headers headers;
    headers.add("Content-Type", "text/plain");

    EXPECT_EQ(headers.get("content-type"), "text/plain");
    EXPECT_TRUE(headers.has("CONTENT-TYPE"));
    EXPECT_FALSE(headers.has("Content"));
    EXPECT_EQ(headers.get("Accept"), "");
}

TEST(HeadersTest, SetReplacesEveryFieldOfThatName) {
    Headers headers;
    headers.add("Vary", "Origin");
    headers.add("vary", "Accept");
    headers.set("VARY", "*");

    ASSERT_EQ(headers.all().size(), 1u);
    EXPECT_EQ(headers.get("Vary"), "*");
}

Request with_query(std::string query) {
    Request request;
    request.query = std::move(query);
    return request;
}

TEST(RequestTest, DecodesQueryParameters) {
    const Request request = with_query("q=red%20caf%C3%A9+bar&empty=&flag&q=second&a%3Db=c");

    EXPECT_EQ(request.query_parameter("q"), "red caf\u00e9 bar");
    EXPECT_EQ(request.query_parameter("empty"), "");
    EXPECT_EQ(request.query_parameter("flag"), "");
    EXPECT_EQ(request.query_parameter("a=b"), "c");
    EXPECT_EQ(request.query_parameter("missing"), std::nullopt);
}

TEST(RequestTest, LeavesABrokenEscapeAsItIs) {
    EXPECT_EQ(with_query("q=100%").query_parameter("q"), "100%");
    EXPECT_EQ(with_query("q=%zz").query_parameter("q"), "%zz");
}

TEST(RequestTest, ReadsIntegersWithinTheirLimits) {
    const Request request = with_query("skip=20&limit=abc&big=99999999999999999999&low=-1&half=1.5");

    EXPECT_EQ(request.integer_query("skip", 0, 0, 1000).value(), 20);
    EXPECT_EQ(request.integer_query("absent", 7, 0, 1000).value(), 7);
    for (const auto* name : {"limit", "big", "low", "half"}) {
        const auto value = request.integer_query(name, 0, 0, 1000);
        ASSERT_FALSE(value.has_value()) << name;
        EXPECT_EQ(value.error().kind(), ErrorKind::invalid) << name;
        EXPECT_EQ(value.error().fields().front().field, name);
    }
}

TEST(RequestTest, TakesOnlyPositiveIds) {
    Request request;
    request.path_parameters = {{"id", "42"},
                               {"zero", "0"},
                               {"text", "abc"},
                               {"negative", "-1"},
                               {"huge", "9223372036854775808"},
                               {"padded", "1 "}};

    EXPECT_EQ(request.id_parameter("id").value(), 42);
    for (const auto* name : {"zero", "text", "negative", "huge", "padded", "missing"}) {
        const auto id = request.id_parameter(name);
        ASSERT_FALSE(id.has_value()) << name;
        EXPECT_EQ(id.error().kind(), ErrorKind::not_found) << name;
    }
}

TEST(RequestTest, WantsJsonOnlyWhenThereIsABody) {
    Request request;
    EXPECT_FALSE(require_json(request).has_value());

    request.body = "{}";
    EXPECT_EQ(require_json(request)->status, 415);
    request.headers.set("Content-Type", "text/plain");
    EXPECT_EQ(require_json(request)->status, 415);
    request.headers.set("Content-Type", "Application/JSON ; charset=utf-8");
    EXPECT_FALSE(require_json(request).has_value());
}

TEST(UrlTest, RefusesEscapesThatStandForNothing) {
    EXPECT_EQ(percent_decode("a%2Fb"), "a/b");
    EXPECT_EQ(percent_decode("%41"), "A");
    for (const auto* text : {"%", "%4", "%4g", "%00", "abc%"}) {
        EXPECT_EQ(percent_decode(text), std::nullopt) << text;
    }
}

TEST(UrlTest, EncodesWhatIsNotUnreserved) {
    EXPECT_EQ(percent_encode("a b/c?d-e_f.g~"), "a%20b%2Fc%3Fd-e_f.g~");
}

TEST(EndpointTest, ReadsHostAndPort) {
    EXPECT_EQ(Endpoint::parse("http://127.0.0.1:8004").value(), (Endpoint{"127.0.0.1", 8004}));
    EXPECT_EQ(Endpoint::parse("http://product-service/").value(), (Endpoint{"product-service", 80}));
    EXPECT_EQ(Endpoint::parse("http://product:81").value().to_string(), "product:81");
}

TEST(EndpointTest, RefusesWhatIsNoPlainHttpUrl) {
    for (const auto* url : {"",
                            "https://a:1",
                            "a:1",
                            "http://",
                            "http://a:0",
                            "http://a:65536",
                            "http://a:x",
                            "http://a:1/path",
                            "http://a b:1",
                            "http://user@a:1"}) {
        EXPECT_FALSE(Endpoint::parse(url).has_value()) << url;
    }
}

} // namespace
} // namespace tandem::http
