#include "libs/async/event.hpp"
#include "libs/http/tests/loopback.hpp"

#include <gmock/gmock.h>

namespace tandem::http {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

struct Ending {
    int running = 0;
    int ended = 0;
};

class Running {
public:
    explicit Running(Ending& ending) : ending_(ending) { ++ending_.running; }
    ~Running() {
        --ending_.running;
        ++ending_.ended;
    }

private:
    Ending& ending_;
};

Task<> count_to_three(ResponseStream& stream) {
    for (int i = 1; i <= 3; ++i) {
        std::string chunk = "data: " + std::to_string(i) + "\n\n";
        co_await stream.write(std::move(chunk));
    }
}

Task<> wait_long(ResponseStream& stream, Ending& ending) {
    const Running running(ending);
    co_await stream.write("data: first\n\n");
    co_await async::sleep_for(std::chrono::minutes(1));
}

Task<> wait_until_told(ResponseStream& stream, async::Event& told) {
    co_await stream.write("data: first\n\n");
    co_await told.wait_for(std::chrono::minutes(1));
}

Task<> drip(ResponseStream& stream, Ending& ending) {
    const Running running(ending);
    for (bool open = true; open;) {
        open = co_await stream.write("data: drop\n\n");
        co_await async::sleep_for(milliseconds(20));
    }
}

Task<> flood(ResponseStream& stream, Ending& ending, std::size_t& written) {
    const Running running(ending);
    for (bool open = true; open;) {
        open = co_await stream.write(std::string(65'536, 'x'));
        written += 65'536;
    }
}

Task<> fail_soon(ResponseStream& stream) {
    co_await stream.write("data: 1\n\n");
    throw std::runtime_error("broken");
}

class StreamTest : public LoopbackTest {
protected:
    StreamTest() {
        add("/three", count_to_three);
        add("/fails", fail_soon);
        add("/wait", [this](ResponseStream& stream) { return wait_long(stream, ending); });
        add("/until_told", [this](ResponseStream& stream) { return wait_until_told(stream, told); });
        add("/drip", [this](ResponseStream& stream) { return drip(stream, ending); });
        add("/flood", [this](ResponseStream& stream) { return flood(stream, ending, written); });
    }

    void add(std::string path, StreamBody body) {
        router.add(Method::get, std::move(path), [body](Request) { return answer(body); });
    }
    static Task<Response> answer(StreamBody body) { co_return Response::events(std::move(body)); }

    Ending ending;
    async::Event told{io.get_executor()};
    std::size_t written = 0;
};

TEST_F(StreamTest, SendsEachWriteAsAChunkAndKeepsTheConnection) {
    serve();
    RawClient client = raw();
    run(io, client.send(get("/three") + get("/three", "Connection: close\r\n")));

    const std::string head = run(io, client.read_until("\r\n\r\n"));
    EXPECT_THAT(head, HasSubstr("Content-Type: text/event-stream\r\n"));
    EXPECT_THAT(head, HasSubstr("Transfer-Encoding: chunked\r\n"));
    EXPECT_THAT(head, HasSubstr("Cache-Control: no-cache\r\n"));
    EXPECT_EQ(run(io, client.read_until("\r\n0\r\n\r\n")),
              "9\r\ndata: 1\n\n\r\n9\r\ndata: 2\n\n\r\n9\r\ndata: 3\n\n\r\n0\r\n\r\n");
    EXPECT_THAT(run(io, client.read_to_end()), EndsWith("data: 3\n\n\r\n0\r\n\r\n"));
}

TEST_F(StreamTest, EndsByClosingForHttp10) {
    serve();
    RawClient client = raw();
    run(io, client.send("GET /three HTTP/1.0\r\n\r\n"));

    const std::string response = run(io, client.read_to_end());
    EXPECT_THAT(response, Not(HasSubstr("chunked")));
    EXPECT_EQ(body_of(response), "data: 1\n\ndata: 2\n\ndata: 3\n\n");
}

TEST_F(StreamTest, EndsWhenTheReaderGoesAwayThoughNothingIsWritten) {
    serve();
    {
        RawClient client = raw();
        run(io, client.send(get("/wait")));
        run(io, client.read_until("first\n\n"));
        EXPECT_EQ(ending.running, 1);
    }
    EXPECT_TRUE(until([&] { return ending.ended == 1; }));
}

TEST_F(StreamTest, EndsWhenAReaderGoesAwayThatHasSentSomethingMeanwhile) {
    serve();
    {
        RawClient client = raw();
        run(io, client.send(get("/wait")));
        run(io, client.read_until("first\n\n"));
        run(io, client.send("GET /nex"));
        EXPECT_EQ(ending.running, 1);
    }
    EXPECT_TRUE(until([&] { return ending.ended == 1; }));
}

TEST_F(StreamTest, NoticesAtTheNextWriteThatAReaderIsGoneWhoSentMoreThanFits) {
    serve({.head_bytes_max = 4'096});
    {
        RawClient client = raw();
        run(io, client.send(get("/drip")));
        run(io, client.read_until("drop\n\n"));
        run(io, client.send(std::string(50'000, 'x')));
    }
    EXPECT_TRUE(until([&] { return ending.ended == 1; }));
}

TEST_F(StreamTest, AnswersWhatWasAskedForDuringAStreamAfterIt) {
    serve();
    RawClient client = raw();
    run(io, client.send(get("/until_told")));
    run(io, client.read_until("first\n\n"));
    run(io, client.send(get("/three")));
    told.notify();

    EXPECT_THAT(run(io, client.read_until("\r\n0\r\n\r\n")), Not(HasSubstr("HTTP/1.1")));
    EXPECT_THAT(run(io, client.read_until("0\r\n\r\n")), HasSubstr("data: 3\n\n"));
}

TEST_F(StreamTest, HoldsBackForASlowReader) {
    serve();
    RawClient client = raw();
    run(io, client.send(get("/flood")));
    std::size_t before = 0;
    const auto stands_still = [&] { return std::exchange(before, written) == written && written > 0; };
    int still = 0;
    EXPECT_TRUE(until([&] { return (still = stands_still() ? still + 1 : 0) > 50; }));
    EXPECT_LT(written, 64U << 20U);
    EXPECT_EQ(ending.running, 1);

    client.close();
    EXPECT_TRUE(until([&] { return ending.ended == 1; }));
}

TEST_F(StreamTest, CutsAReaderThatDoesNotRead) {
    serve({.write_timeout = milliseconds(50)});
    RawClient client = raw();
    run(io, client.send(get("/flood")));
    EXPECT_TRUE(until([&] { return ending.ended == 1; }));
    EXPECT_TRUE(until([&] { return server->requests_in_progress() == 0; }));
}

TEST_F(StreamTest, ClosesWithoutAnEndWhenTheBodyFails) {
    serve();
    RawClient client = raw();
    run(io, client.send(get("/fails")));

    const std::string response = run(io, client.read_to_end());
    EXPECT_THAT(response, HasSubstr("data: 1"));
    EXPECT_THAT(response, Not(EndsWith("0\r\n\r\n")));
}

TEST_F(StreamTest, SendsOnlyTheHeadToHead) {
    serve();
    RawClient client = raw();
    run(io, client.send("HEAD /wait HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
    EXPECT_THAT(run(io, client.read_to_end()), EndsWith("\r\n\r\n"));
    EXPECT_EQ(ending.ended, 0);
}

} // namespace
} // namespace tandem::http
