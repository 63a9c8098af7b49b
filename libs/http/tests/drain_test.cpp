#include "libs/async/event.hpp"
#include "libs/http/tests/loopback.hpp"

#include <gmock/gmock.h>

namespace tandem::http {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

class DrainTest : public LoopbackTest {
protected:
    DrainTest() {
        router.add(Method::get, "/hold", [this](Request) { return hold(); });
        router.add(Method::get, "/big", big);
        router.add(Method::get, "/stream", [this](Request) { return stream(); });
    }

    static Task<Response> big(Request) { co_return Response::text(200, std::string(16U << 20U, 'x')); }
    Task<Response> hold() {
        co_await release.wait_for(std::chrono::minutes(1));
        co_return Response::text(200, "held");
    }
    Task<Response> stream() {
        co_return Response::events([this](ResponseStream& out) { return drip(out); });
    }
    Task<> drip(ResponseStream& out) {
        co_await out.write("data: 1\n\n");
        co_await release.wait_for(std::chrono::minutes(1));
        co_await out.write("data: 2\n\n");
    }

    void start_draining(milliseconds patience) {
        boost::asio::co_spawn(
            io, server->drain(SteadyClock::now() + patience), [this](std::exception_ptr) { drained = true; });
    }
    void expect_refused() {
        Socket socket(io.get_executor());
        boost::system::error_code error;
        socket.connect(Tcp::endpoint(boost::asio::ip::address_v4::loopback(), port), error);
        EXPECT_EQ(error, boost::asio::error::connection_refused);
    }

    async::Event release{io.get_executor()};
    std::uint16_t port = 0;
    bool drained = false;
};

TEST_F(DrainTest, FinishesTheRequestInProgressAndClosesIdleConnections) {
    serve();
    port = server->port();
    RawClient idle = raw();
    RawClient busy = raw();
    run(io, busy.send(get("/hold")));
    ASSERT_TRUE(until([&] { return server->requests_in_progress() == 1; }));

    start_draining(std::chrono::seconds(5));
    EXPECT_EQ(run(io, idle.read_to_end()), "");
    EXPECT_FALSE(drained);
    expect_refused();

    release.notify();
    const std::string response = run(io, busy.read_to_end());
    EXPECT_THAT(response, HasSubstr("Connection: close\r\n"));
    EXPECT_THAT(response, EndsWith("held"));
    EXPECT_TRUE(until([&] { return drained; }));
}

TEST_F(DrainTest, SendsALargeAnswerWholeToASlowReader) {
    serve();
    RawClient client = raw();
    run(io, client.send(get("/big")));
    ASSERT_TRUE(until([&] { return server->requests_in_progress() == 1; }));

    start_draining(std::chrono::seconds(5));
    EXPECT_EQ(body_of(run(io, client.read_to_end())).size(), 16U << 20U);
    EXPECT_TRUE(until([&] { return drained; }));
}

TEST_F(DrainTest, EndsStreamsAtOnceAndLetsTheReaderSeeThatThisIsNotTheirEnd) {
    serve();
    RawClient client = raw();
    run(io, client.send(get("/stream")));
    run(io, client.read_until("data: 1\n\n\r\n"));

    start_draining(std::chrono::seconds(5));
    EXPECT_EQ(run(io, client.read_to_end()), "");
    EXPECT_TRUE(until([&] { return drained; }));
}

TEST_F(DrainTest, CutsWhatIsLeftAtTheDeadline) {
    serve();
    RawClient client = raw();
    run(io, client.send(get("/hold")));
    ASSERT_TRUE(until([&] { return server->requests_in_progress() == 1; }));

    start_draining(milliseconds(20));
    EXPECT_TRUE(until([&] { return drained; }));
    EXPECT_EQ(server->requests_in_progress(), 0u);
    EXPECT_EQ(run(io, client.read_to_end()), "");
}

TEST_F(DrainTest, AnswersARequestThatWasAlreadySent) {
    serve();
    RawClient client = raw();
    run(io, client.send(get("/nowhere")));
    run(io, client.read_response());
    run(io, client.send(get("/nowhere")));
    start_draining(std::chrono::seconds(5));
    EXPECT_THAT(run(io, client.read_to_end()), HasSubstr(" 404 "));
    EXPECT_TRUE(until([&] { return drained; }));
}

} // namespace
} // namespace tandem::http
