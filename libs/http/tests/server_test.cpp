#include "libs/async/event.hpp"
#include "libs/http/tests/loopback.hpp"
#include "libs/telemetry/metrics.hpp"

#include <gmock/gmock.h>

namespace tandem::http {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

Task<Response> echo(Request request) {
    co_return Response::text(200, request.path + "?" + request.query + "|" + request.body);
}

Task<Response> big(Request) {
    co_return Response::text(200, std::string(4U << 20U, 'x'));
}

Task<Response> injects(Request) {
    Response response = Response::no_content();
    response.headers.add("X-Name", "a\r\nSet-Cookie: evil=1");
    response.headers.add("X-Request-Id", "mine");
    co_return response;
}

Task<Response> context_of(Request request) {
    const auto left = std::chrono::duration_cast<milliseconds>(request.deadline - SteadyClock::now());
    co_return Response::text(200,
                             request.context.request_id + " " + request.context.traceparent + " " +
                                 request.client_address + " " +
                                 (left < milliseconds(300) ? "short" : "long"));
}

class ServerTest : public LoopbackTest {
protected:
    ServerTest() : gate(io.get_executor()) {
        router.add(Method::get, "/echo", echo);
        router.add(Method::post, "/echo", echo);
        router.add(Method::get, "/slow", [this](Request) { return slow(); });
        router.add(Method::get, "/big", big);
        router.add(Method::get, "/injects", injects);
        router.add(Method::get, "/context", context_of);
    }

    /// Answers when the gate opens.
    Task<Response> slow() {
        co_await gate.wait_for(std::chrono::seconds(10));
        co_return Response::text(200, "slow");
    }

    /// What the server says to `text` until it closes.
    std::string all_of(const std::string& text) {
        RawClient client = raw();
        run(io, client.send(text));
        return run(io, client.read_to_end());
    }

    async::Event gate;
};

TEST_F(ServerTest, KeepsTheConnectionForFurtherRequests) {
    serve();
    RawClient client = raw();
    for (int i = 0; i < 3; ++i) {
        run(io, client.send(get("/echo?" + std::to_string(i))));
        const std::string response = run(io, client.read_response());
        EXPECT_THAT(response, StartsWith("HTTP/1.1 200 OK\r\n"));
        EXPECT_EQ(body_of(response), "/echo?" + std::to_string(i) + "|");
    }
}

TEST_F(ServerTest, AnswersPipelinedRequestsInTheirOrder) {
    serve();
    RawClient client = raw();
    run(io, client.send(get("/slow") + get("/echo?2") + get("/echo?3")));
    ASSERT_TRUE(until([&] { return server->requests_in_progress() >= 1; }));
    gate.notify();

    EXPECT_EQ(body_of(run(io, client.read_response())), "slow");
    EXPECT_EQ(body_of(run(io, client.read_response())), "/echo?2|");
    EXPECT_EQ(body_of(run(io, client.read_response())), "/echo?3|");
}

TEST_F(ServerTest, ClosesWhenAsked) {
    serve();
    EXPECT_THAT(all_of(get("/echo", "Connection: close\r\n")), HasSubstr("Connection: close\r\n"));
    EXPECT_THAT(all_of("GET /echo HTTP/1.0\r\n\r\n"), HasSubstr("Connection: close\r\n"));
}

TEST_F(ServerTest, ReadsChunkedBodies) {
    serve();
    RawClient client = raw();
    run(io, client.send("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"));
    run(io, client.send("2\r\nde\r\n0\r\n\r\n"));

    EXPECT_EQ(body_of(run(io, client.read_response())), "/echo?|abcde");
}

TEST_F(ServerTest, TellsAWaitingClientToContinue) {
    serve();
    RawClient client = raw();
    run(io,
        client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"));
    EXPECT_EQ(run(io, client.read_until("\r\n\r\n")), "HTTP/1.1 100 Continue\r\n\r\n");

    run(io, client.send("ab"));
    EXPECT_EQ(body_of(run(io, client.read_response())), "/echo?|ab");
}

TEST_F(ServerTest, DoesNotAskForABodyThatItWouldRefuse) {
    serve({.body_bytes_max = 10});
    const std::string answer =
        all_of("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 413 "));
}

TEST_F(ServerTest, RefusesAThreeMebibyteBodyAndTheClientCanReadWhy) {
    serve();
    constexpr std::size_t size = 3U << 20U;
    const std::string answer =
        all_of("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n" +
               std::string(size, 'x'));
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 413 "));
    EXPECT_THAT(answer, HasSubstr("application/problem+json"));
    EXPECT_THAT(answer, HasSubstr("Connection: close"));
}

TEST_F(ServerTest, AnswersMalformedRequestsWithAProblemAndCloses) {
    serve({.head_bytes_max = 1'024});
    EXPECT_THAT(all_of("nonsense\r\n\r\n"), StartsWith("HTTP/1.1 400 "));
    EXPECT_THAT(all_of(get("/" + std::string(2'000, 'a'))), StartsWith("HTTP/1.1 431 "));
    EXPECT_THAT(all_of("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n"
                       "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" +
                       get("/smuggled")),
                Not(HasSubstr("smuggled")));
}

TEST_F(ServerTest, LetsAListedPageReadAlsoWhatNoHandlerSaw) {
    serve({.body_bytes_max = 10, .head_bytes_max = 1'024, .cors = Cors({"http://shop.example"})});
    const std::string origin = "Origin: http://shop.example\r\n";
    const auto allowed = HasSubstr("Access-Control-Allow-Origin: http://shop.example\r\n");
    const std::string start = "POST /echo HTTP/1.1\r\nHost: a\r\n";
    EXPECT_THAT(all_of(start + origin + "Content-Length: 11\r\n\r\n"),
                AllOf(StartsWith("HTTP/1.1 413 "), allowed));
    EXPECT_THAT(all_of(start + origin + "X: " + std::string(2'000, 'x') + "\r\n\r\n"),
                AllOf(StartsWith("HTTP/1.1 431 "), allowed));
    EXPECT_THAT(all_of(start + "Origin: http://evil.example\r\nContent-Length: 11\r\n\r\n"),
                AllOf(StartsWith("HTTP/1.1 413 "), Not(HasSubstr("Access-Control"))));
    EXPECT_THAT(all_of("OPTIONS /echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + origin +
                       "Access-Control-Request-Method: POST\r\n\r\n"),
                AllOf(StartsWith("HTTP/1.1 204 "), allowed));
}

TEST_F(ServerTest, DropsAConnectionThatEndsInTheMiddleOfARequest) {
    serve();
    RawClient client = raw();
    run(io, client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc"));
    client.shut_send();

    EXPECT_EQ(run(io, client.read_to_end()), "");
    RawClient next = raw();
    run(io, next.send(get("/echo")));
    EXPECT_EQ(body_of(run(io, next.read_response())), "/echo?|");
}

TEST_F(ServerTest, GivesUpOnASlowRequest) {
    serve({.read_timeout = milliseconds(50)});
    EXPECT_THAT(all_of("GET /echo HTTP/1.1\r\nHost: a\r\n"), StartsWith("HTTP/1.1 408 "));
    EXPECT_THAT(all_of("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\na"),
                StartsWith("HTTP/1.1 408 "));
}

TEST_F(ServerTest, ClosesIdleConnectionsSilently) {
    serve({.idle_timeout = milliseconds(50)});
    EXPECT_EQ(all_of(""), "");
    RawClient client = raw();
    run(io, client.send(get("/echo")));
    EXPECT_EQ(body_of(run(io, client.read_response())), "/echo?|");
    EXPECT_EQ(run(io, client.read_to_end()), "");
}

TEST_F(ServerTest, CutsAReaderThatDoesNotRead) {
    serve({.write_timeout = milliseconds(50)});
    RawClient client = raw();
    client.socket().set_option(boost::asio::socket_base::receive_buffer_size(4'096));
    run(io, client.send(get("/big")));
    ASSERT_TRUE(until([&] { return server->requests_in_progress() == 1; }));
    EXPECT_TRUE(until([&] { return server->requests_in_progress() == 0; }));
}

TEST_F(ServerTest, SendsLargeAnswersWhole) {
    serve();
    RawClient client = raw();
    run(io, client.send(get("/big")));
    EXPECT_EQ(body_of(run(io, client.read_response())).size(), 4U << 20U);
}

TEST_F(ServerTest, RefusesMoreRequestsThanItCanHold) {
    serve({.requests_max = 1});
    RawClient first = raw();
    run(io, first.send(get("/slow")));
    ASSERT_TRUE(until([&] { return server->requests_in_progress() == 1; }));
    RawClient second = raw();
    run(io, second.send(get("/echo")));

    const std::string refused = run(io, second.read_response());
    EXPECT_THAT(refused, StartsWith("HTTP/1.1 503 "));
    EXPECT_THAT(refused, HasSubstr("Retry-After: 1\r\n"));
    gate.notify();
    EXPECT_EQ(body_of(run(io, first.read_response())), "slow");
}

TEST_F(ServerTest, RefusesMoreConnectionsThanItCanHold) {
    serve({.connections_max = 1});
    RawClient first = raw();
    run(io, first.send(get("/echo")));
    EXPECT_EQ(body_of(run(io, first.read_response())), "/echo?|");

    const std::string refused = all_of("");
    EXPECT_THAT(refused, StartsWith("HTTP/1.1 503 "));
    EXPECT_THAT(refused, HasSubstr("Content-Type: application/problem+json\r\n"));
    EXPECT_THAT(refused, AllOf(HasSubstr("X-Request-Id: "), HasSubstr("X-Trace-Id: ")));
    EXPECT_THAT(body_of(refused), HasSubstr("\"status\":503"));
}

TEST_F(ServerTest, SendsNoBodyToHead) {
    serve();
    RawClient client = raw();
    run(io, client.send("HEAD /echo HTTP/1.1\r\nHost: a\r\n\r\n" + get("/echo?next")));

    EXPECT_THAT(run(io, client.read_until("\r\n\r\n")), HasSubstr("Content-Length: 7\r\n"));
    EXPECT_EQ(body_of(run(io, client.read_response())), "/echo?next|");
}

TEST_F(ServerTest, AddsItsOwnHeadersAndLetsNoneBeInjected) {
    serve();
    const std::string response = all_of(get("/injects", "X-Request-Id: abc-1.2_3\r\nConnection: close\r\n"));
    EXPECT_THAT(response, StartsWith("HTTP/1.1 204 No Content\r\nDate: "));
    EXPECT_THAT(response, Not(HasSubstr("\r\nSet-Cookie")));
    EXPECT_THAT(response, Not(HasSubstr("mine")));
    EXPECT_THAT(response, Not(HasSubstr("Content-Length")));
    EXPECT_THAT(response, HasSubstr("X-Request-Id: abc-1.2_3\r\n"));
    EXPECT_THAT(response, HasSubstr("X-Content-Type-Options: nosniff\r\n"));
    EXPECT_THAT(response, HasSubstr("Cache-Control: no-store\r\n"));
}

TEST_F(ServerTest, ContinuesTheTraceAndHoldsTheDeadline) {
    serve();
    const std::string trace = "0af7651916cd43dd8448eb211c80319c";
    const std::string response = all_of(get("/context",
                                            "traceparent: 00-" + trace +
                                                "-b7ad6b7169203331-01\r\nX-Request-Id: not valid!\r\n"
                                                "X-Deadline-Ms: 200\r\nConnection: close\r\n"));
    EXPECT_THAT(response, HasSubstr("X-Trace-Id: " + trace + "\r\n"));
    EXPECT_THAT(body_of(response), HasSubstr(" 00-" + trace));
    EXPECT_THAT(body_of(response), HasSubstr(" 127.0.0.1 short"));
    EXPECT_THAT(response, Not(HasSubstr("not valid!")));
}

TEST_F(ServerTest, CountsRequestsByRouteAndStatus) {
    serve();
    all_of(get("/echo", "Connection: close\r\n"));
    all_of(get("/nowhere/1", "Connection: close\r\n"));
    const std::string metrics = telemetry::metrics_text();
    EXPECT_THAT(metrics, HasSubstr(R"(route="/echo")"));
    EXPECT_THAT(metrics, HasSubstr(R"(route="unmatched")"));
    EXPECT_THAT(metrics, Not(HasSubstr("/nowhere")));
}

TEST_F(ServerTest, SaysWhenItsPortIsTaken) {
    serve();
    Server second(io.get_executor(), echo, {.port = server->port()});
    EXPECT_THROW(second.start(), boost::system::system_error);
}

} // namespace
} // namespace tandem::http
