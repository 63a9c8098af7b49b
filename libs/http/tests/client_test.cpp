#include "libs/async/event.hpp"
#include "libs/http/client.hpp"
#include "libs/http/tests/loopback.hpp"
#include "libs/kernel/unavailable.hpp"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/deferred.hpp>
#include <gmock/gmock.h>

namespace tandem::http {
namespace {

using ::testing::HasSubstr;
using Acceptor = boost::asio::basic_socket_acceptor<Tcp, Executor>;

/// A server that follows a script: for each connection in turn, what it says to each request.
/// After the last word it closes.
class ScriptedServer {
public:
    using Script = std::vector<std::vector<std::string>>;

    ScriptedServer(boost::asio::io_context& io, Script script)
        : io_(io), acceptor_(io.get_executor(), Tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0)),
          script_(std::move(script)) {
        boost::asio::co_spawn(io, serve(), [](std::exception_ptr) {});
    }

    Endpoint endpoint() const { return {"127.0.0.1", acceptor_.local_endpoint().port()}; }
    std::vector<std::string> requests;
    std::size_t connections = 0;

private:
    Task<> serve() {
        for (const auto& answers : script_) {
            Socket socket(io_.get_executor());
            co_await acceptor_.async_accept(socket, boost::asio::deferred);
            ++connections;
            co_await talk(std::move(socket), answers);
        }
    }
    Task<> talk(Socket socket, std::vector<std::string> answers) {
        for (const std::string& answer : answers) {
            std::string request(65'536, '\0');
            const std::size_t size =
                co_await socket.async_read_some(boost::asio::buffer(request), boost::asio::deferred);
            request.resize(size);
            requests.push_back(request);
            co_await boost::asio::async_write(socket, boost::asio::buffer(answer), boost::asio::deferred);
        }
    }

    boost::asio::io_context& io_;
    Acceptor acceptor_;
    Script script_;
};

const std::string ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

Task<Response> echo(Request request) {
    Response response = Response::text(201, request.body);
    response.headers.add(
        "X-Seen", std::string(request.headers.get("X-Deadline-Ms")) + "|" + request.context.request_id);
    response.headers.add("X-Trace", request.context.traceparent);
    co_return response;
}

Task<Response> never(Request) {
    co_await async::sleep_for(std::chrono::minutes(1));
    co_return Response::no_content();
}

/// The second and third event come when the first has been read.
Task<> three(ResponseStream& stream, async::Event& first_is_read) {
    co_await stream.write("data: 1\n\n");
    co_await first_is_read.wait_for(std::chrono::seconds(10));
    co_await stream.write("data: 2\n\n");
    co_await stream.write("data: 3\n\n");
}

Task<Response> events(async::Event& first_is_read) {
    co_return Response::events([&](ResponseStream& stream) { return three(stream, first_is_read); });
}

Task<std::string> read_all(BodyReader& body) {
    std::string all;
    for (;;) {
        std::string some = co_await body.read_some();
        if (some.empty()) {
            co_return all;
        }
        all += some;
    }
}

class ClientTest : public LoopbackTest {
protected:
    ClientTest() : first_is_read(io.get_executor()) {
        router.add(Method::post, "/echo", echo);
        router.add(Method::get, "/never", never);
        router.add(Method::get, "/events", [this](Request) { return events(first_is_read); });
    }

    static Request request(Method method, std::string path, std::string body = {}) {
        Request made;
        made.method = method;
        made.path = std::move(path);
        made.body = std::move(body);
        made.deadline = SteadyClock::now() + std::chrono::seconds(5);
        return made;
    }
    Endpoint endpoint() const { return {"127.0.0.1", server->port()}; }
    Response send(Client& client, const Endpoint& to, Request what) {
        return run(io, client.send(to, std::move(what)));
    }

    async::Event first_is_read;
};

TEST_F(ClientTest, SendsBodyContextAndDeadline) {
    serve();
    Client client(io.get_executor(), {});
    Request sent = request(Method::post, "/echo", "hello");
    sent.context = {.traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                    .request_id = "r-1"};

    const Response response = send(client, endpoint(), std::move(sent));

    EXPECT_EQ(response.status, 201);
    EXPECT_EQ(response.body, "hello");
    EXPECT_THAT(std::string(response.headers.get("X-Seen")), ::testing::MatchesRegex("4[0-9]+\\|r-1"));
    EXPECT_THAT(std::string(response.headers.get("X-Trace")), HasSubstr("0af7651916cd43dd8448eb211c80319c"));
}

TEST_F(ClientTest, UsesOneConnectionForRequestsInTurn) {
    ScriptedServer scripted(io, {{ok, ok, ok}});
    Client client(io.get_executor(), {});
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(send(client, scripted.endpoint(), request(Method::get, "/")).body, "ok");
    }
    EXPECT_EQ(scripted.connections, 1u);
}

TEST_F(ClientTest, OpensANewConnectionWhenTheServerClosedTheOldOne) {
    ScriptedServer scripted(io, {{ok}, {ok}});
    Client client(io.get_executor(), {});
    EXPECT_EQ(send(client, scripted.endpoint(), request(Method::post, "/")).status, 200);
    EXPECT_EQ(send(client, scripted.endpoint(), request(Method::post, "/")).status, 200);
    EXPECT_EQ(scripted.connections, 2u);
}

TEST_F(ClientTest, SendsAnIdempotentRequestAgainWhenTheOldConnectionDiesUnderIt) {
    ScriptedServer scripted(io, {{ok, ""}, {ok}});
    Client client(io.get_executor(), {});
    EXPECT_EQ(send(client, scripted.endpoint(), request(Method::get, "/a")).status, 200);
    EXPECT_EQ(send(client, scripted.endpoint(), request(Method::get, "/b")).status, 200);
    EXPECT_EQ(scripted.requests.size(), 3u);
}

TEST_F(ClientTest, NeverRepeatsARequestThatMayHaveHadItsEffect) {
    ScriptedServer scripted(io, {{ok, ""}, {ok}});
    Client client(io.get_executor(), {});
    EXPECT_EQ(send(client, scripted.endpoint(), request(Method::get, "/a")).status, 200);
    EXPECT_THROW(send(client, scripted.endpoint(), request(Method::post, "/b")), Unavailable);
    EXPECT_EQ(scripted.requests.size(), 2u);
}

TEST_F(ClientTest, DoesNotRepeatOnAFreshConnectionNorAfterAPartOfAnAnswer) {
    ScriptedServer fresh(io, {{""}, {ok}});
    Client client(io.get_executor(), {});
    EXPECT_THROW(send(client, fresh.endpoint(), request(Method::get, "/")), Unavailable);
    ScriptedServer partial(io, {{ok, "HTTP/1.1 200 OK\r\nContent-Le"}, {ok}});
    EXPECT_EQ(send(client, partial.endpoint(), request(Method::get, "/")).status, 200);
    EXPECT_THROW(send(client, partial.endpoint(), request(Method::get, "/")), Unavailable);
}

TEST_F(ClientTest, UnderstandsEveryFramingOfAnswers) {
    ScriptedServer scripted(
        io,
        {{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n",
          "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n",
          "HTTP/1.1 200 OK\r\n\r\nuntil the end"}});
    Client client(io.get_executor(), {});
    EXPECT_EQ(send(client, scripted.endpoint(), request(Method::get, "/")).body, "abc");
    EXPECT_EQ(send(client, scripted.endpoint(), request(Method::get, "/")).status, 204);
    EXPECT_EQ(send(client, scripted.endpoint(), request(Method::head, "/")).body, "");
    EXPECT_EQ(send(client, scripted.endpoint(), request(Method::get, "/")).body, "until the end");
    EXPECT_EQ(scripted.connections, 1u);
}

TEST_F(ClientTest, RefusesMalformedAndOversizedAnswers) {
    const std::vector<std::string> answers{"SSH-2.0-OpenSSH\r\n\r\n",
                                           "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: "
                                           "chunked\r\n\r\n0\r\n\r\n",
                                           "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n12345678901",
                                           "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1234"};
    for (const std::string& answer : answers) {
        ScriptedServer scripted(io, {{answer}});
        Client client(io.get_executor(), {.response_bytes_max = 10});
        EXPECT_THROW(send(client, scripted.endpoint(), request(Method::get, "/")), Unavailable) << answer;
    }
}

TEST_F(ClientTest, GivesUpAtTheDeadline) {
    serve();
    Client client(io.get_executor(), {});
    Request late = request(Method::get, "/never");
    late.deadline = SteadyClock::now() + milliseconds(50);
    const auto began = SteadyClock::now();
    EXPECT_THROW(send(client, endpoint(), std::move(late)), DeadlineExceeded);
    EXPECT_LT(SteadyClock::now() - began, std::chrono::seconds(2));

    Request past = request(Method::get, "/never");
    past.deadline = SteadyClock::now();
    EXPECT_THROW(send(client, endpoint(), std::move(past)), DeadlineExceeded);
}

TEST_F(ClientTest, SaysAtOnceWhenNobodyListens) {
    serve();
    const Endpoint closed = endpoint();
    run(io, server->drain(SteadyClock::now()));
    Client client(io.get_executor(), {});
    EXPECT_THROW(send(client, closed, request(Method::get, "/")), NotSent);
    EXPECT_THROW(send(client, {"no-such-host.invalid", 80}, request(Method::get, "/")), NotSent);
}

TEST_F(ClientTest, WaitsForAConnectionInABoundedLine) {
    serve();
    Client client(io.get_executor(), {.connections_per_endpoint_max = 1, .waiting_max = 1});
    int answered = 0;
    int refused = 0;
    const auto on_end = [&](std::exception_ptr failure, const Response&) {
        ++(failure ? refused : answered);
    };
    for (int i = 0; i < 3; ++i) {
        boost::asio::co_spawn(io, client.send(endpoint(), request(Method::post, "/echo", "x")), on_end);
    }
    EXPECT_TRUE(until([&] { return answered + refused == 3; }));
    EXPECT_EQ(answered, 2);
    EXPECT_EQ(refused, 1);
}

TEST_F(ClientTest, CanBeCancelledWhileItWaits) {
    serve();
    Client client(io.get_executor(), {});
    boost::asio::cancellation_signal cancel;
    bool ended = false;
    boost::asio::co_spawn(
        io,
        client.send(endpoint(), request(Method::get, "/never")),
        boost::asio::bind_cancellation_slot(
            cancel.slot(), [&](std::exception_ptr failure, const Response&) { ended = failure != nullptr; }));
    ASSERT_TRUE(until([&] { return server->requests_in_progress() == 1; }));
    cancel.emit(boost::asio::cancellation_type::terminal);
    EXPECT_TRUE(until([&] { return ended; }));
}

TEST_F(ClientTest, ReadsAStreamBitByBit) {
    serve();
    Client client(io.get_executor(), {});
    StreamedResponse opened = run(io, client.open(endpoint(), request(Method::get, "/events")));
    EXPECT_EQ(opened.head.status, 200);
    EXPECT_EQ(opened.head.headers.get("Content-Type"), "text/event-stream");
    EXPECT_EQ(run(io, opened.body->read_some()), "data: 1\n\n");
    first_is_read.notify();
    EXPECT_EQ(run(io, read_all(*opened.body)), "data: 2\n\ndata: 3\n\n");
    EXPECT_EQ(run(io, opened.body->read_some()), "");
}

TEST_F(ClientTest, SaysWhenAStreamBreaks) {
    ScriptedServer scripted(io, {{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"}});
    Client client(io.get_executor(), {});
    StreamedResponse opened = run(io, client.open(scripted.endpoint(), request(Method::get, "/")));
    EXPECT_EQ(run(io, opened.body->read_some()), "abc");
    EXPECT_THROW(run(io, opened.body->read_some()), Unavailable);
}

TEST_F(ClientTest, RefusesATargetThatWasNotEncoded) {
    serve();
    Client client(io.get_executor(), {});
    EXPECT_THROW(send(client, endpoint(), request(Method::get, "/a b")), std::invalid_argument);
    EXPECT_THROW(send(client, endpoint(), request(Method::get, "/a\r\nX: y")), std::invalid_argument);
}

} // namespace
} // namespace tandem::http
