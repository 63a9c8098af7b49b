#include "libs/http/request_parser.hpp"

#include <gtest/gtest.h>

namespace tandem::http {
namespace {

constexpr std::size_t head_bytes_max = 1'024;
constexpr std::size_t body_bytes_max = 16;

/// Feeds `text` in pieces of `step` bytes, as a network would.
int status_after(RequestParser& parser, const std::string& text, std::size_t step) {
    std::string buffer;
    for (std::size_t at = 0; at < text.size() && !parser.is_done() && !parser.refusal(); at += step) {
        buffer += text.substr(at, step);
        buffer.erase(0, parser.feed(buffer));
    }
    return parser.refusal() ? parser.refusal()->status : 0;
}

int refusal_of(const std::string& text) {
    RequestParser parser(head_bytes_max, body_bytes_max);
    return status_after(parser, text, text.size());
}

TEST(RequestParserTest, ReadsARequestHoweverItIsCutInPieces) {
    const std::string text = "POST /orders/7?x=1&y=%20 HTTP/1.1\r\nHost: shop\r\nX-One:  a b \r\n"
                             "Content-Length: 5\r\n\r\nhello";
    for (std::size_t step = 1; step <= text.size(); ++step) {
        RequestParser parser(head_bytes_max, body_bytes_max);
        ASSERT_EQ(status_after(parser, text, step), 0) << step;
        ASSERT_TRUE(parser.is_done()) << step;
        EXPECT_EQ(parser.request().method, Method::post);
        EXPECT_EQ(parser.request().path, "/orders/7");
        EXPECT_EQ(parser.request().query, "x=1&y=%20");
        EXPECT_EQ(parser.request().headers.get("x-one"), "a b");
        EXPECT_EQ(parser.request().body, "hello");
    }
}

TEST(RequestParserTest, ReadsChunksAndDropsTrailers) {
    RequestParser parser(head_bytes_max, body_bytes_max);
    const std::string text = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n"
                             "3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nAuthorization: Bearer forged\r\n\r\n";

    EXPECT_EQ(status_after(parser, text, 1), 0);
    EXPECT_TRUE(parser.is_done());
    EXPECT_EQ(parser.request().body, "abcde");
    EXPECT_FALSE(parser.request().headers.has("Authorization"));
}

TEST(RequestParserTest, TakesTheAbsoluteFormOfATarget) {
    RequestParser parser(head_bytes_max, body_bytes_max);

    EXPECT_EQ(status_after(parser, "GET http://shop:9000/a?b HTTP/1.1\r\nHost: shop\r\n\r\n", 7), 0);
    EXPECT_EQ(parser.request().path, "/a");
    EXPECT_EQ(parser.request().query, "b");
}

TEST(RequestParserTest, RefusesAmbiguousLengths) {
    const std::string head = "POST / HTTP/1.1\r\nHost: a\r\n";
    EXPECT_EQ(refusal_of(head + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"), 400);
    EXPECT_EQ(refusal_of(head + "Transfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n"), 400);
    EXPECT_EQ(refusal_of(head + "Content-Length: 1\r\nContent-Length: 1\r\n\r\n"), 400);
    EXPECT_EQ(refusal_of(head + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n"), 400);
    EXPECT_EQ(refusal_of(head + "Content-Length: 1, 1\r\n\r\nx"), 400);
    EXPECT_EQ(refusal_of(head + "Content-Length: +1\r\n\r\n"), 400);
    EXPECT_EQ(refusal_of(head + "Content-Length: -1\r\n\r\n"), 400);
    EXPECT_EQ(refusal_of(head + "Content-Length: 0x1\r\n\r\n"), 400);
    EXPECT_EQ(refusal_of(head + "Content-Length: 99999999999999999999\r\n\r\n"), 400);
    EXPECT_EQ(refusal_of(head + "Transfer-Encoding: gzip\r\n\r\n"), 501);
    EXPECT_EQ(refusal_of(head + "Transfer-Encoding: gzip, chunked\r\n\r\n"), 501);
    EXPECT_EQ(refusal_of(head + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"), 400);
    EXPECT_EQ(refusal_of("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"), 400);
}

TEST(RequestParserTest, RefusesOddLines) {
    EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n"), 400);
    EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\nHost: a\r\nX:\r\n\tb\r\n\r\n"), 400);
    EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\nHost : a\r\n\r\n"), 400);
    EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\n X: a\r\nHost: a\r\n\r\n"), 400);
    EXPECT_NE(refusal_of("GET / HTTP/1.1\nHost: a\n\n"), 0);
    EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n"), 400);
    EXPECT_EQ(refusal_of("GET  / HTTP/1.1\r\nHost: a\r\n\r\n"), 400);
    EXPECT_EQ(refusal_of(std::string("GET / HTTP/1.1\r\nHost: a\0b\r\n\r\n", 29)), 400);
    EXPECT_EQ(refusal_of("\x16\x03\x01 hello TLS\r\n\r\n"), 400);
}

TEST(RequestParserTest, RefusesWhatItDoesNotKnow) {
    EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\n\r\n"), 400);
    EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"), 400);
    EXPECT_EQ(refusal_of("TRACE / HTTP/1.1\r\nHost: a\r\n\r\n"), 501);
    EXPECT_EQ(refusal_of("BREW / HTTP/1.1\r\nHost: a\r\n\r\n"), 501);
    EXPECT_EQ(refusal_of("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"), 400);
    EXPECT_EQ(refusal_of("GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n"), 400);
    EXPECT_EQ(refusal_of("GET / HTTP/2.0\r\nHost: a\r\n\r\n"), 505);
    EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\nHost: a\r\nExpect: tea\r\n\r\n"), 417);
}

TEST(RequestParserTest, HoldsItsLimits) {
    const std::string head = "POST / HTTP/1.1\r\nHost: a\r\n";
    EXPECT_EQ(refusal_of(head + "Content-Length: 17\r\n\r\n"), 413);
    EXPECT_EQ(refusal_of(head + "Transfer-Encoding: chunked\r\n\r\nff\r\n" + std::string(255, 'x')), 413);
    EXPECT_EQ(refusal_of(head + "X: " + std::string(head_bytes_max, 'x') + "\r\n\r\n"), 431);
    std::string many = head;
    for (int i = 0; i < 101; ++i) {
        many += "A:b\r\n";
    }
    EXPECT_EQ(refusal_of(many + "\r\n"), 431);
}

TEST(RequestParserTest, NoticesThatTheClientWaitsForPermission) {
    RequestParser parser(head_bytes_max, body_bytes_max);
    parser.feed("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_TRUE(parser.wants_continue());

    parser.feed("ab");
    EXPECT_TRUE(parser.is_done());
    EXPECT_FALSE(parser.wants_continue());
}

} // namespace
} // namespace tandem::http
