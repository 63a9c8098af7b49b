#include "gateway/tests/integration/shop_behind_gateway.hpp"
#include "libs/async/event.hpp"
#include "libs/http/wire.hpp"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <gmock/gmock.h>

namespace tandem::gateway {
namespace {

using ::testing::HasSubstr;

Task<http::Response> with_headers(http::Request) {
    http::Response response = http::Response::json(201, R"({"id":1})");
    response.headers.add("ETag", "\"v1\"");
    response.headers.add("X-Total-Count", "3");
    response.headers.add("X-Internal-Hop", "1");
    response.headers.add("Connection", "X-Internal-Hop");
    co_return response;
}

Task<http::Response> never(http::Request) {
    co_await async::sleep_for(std::chrono::minutes(1));
    co_return http::Response::no_content();
}

struct Streams {
    explicit Streams(boost::asio::io_context& io) : first_is_read(io.get_executor()) {}

    int running = 0;
    async::Event first_is_read;
};

Task<> drip(http::ResponseStream& out, Streams& streams) {
    ++streams.running;
    const std::shared_ptr<void> on_end(nullptr, [&](void*) { --streams.running; });
    co_await out.write("event: order\ndata: 1\n\n");
    co_await streams.first_is_read.wait_for(std::chrono::minutes(1));
    co_await out.write("event: order\ndata: 2\n\n");
    co_await async::sleep_for(std::chrono::minutes(1));
}

Task<> two_events(http::ResponseStream& out) {
    co_await out.write("data: 1\n\n");
    co_await out.write("data: 2\n\n");
}

Task<http::Response> events(http::StreamBody body) {
    co_return http::Response::events(std::move(body));
}

Task<http::Response> not_found(http::Request request) {
    co_return http::problem(404, "There is no such order.", request.path);
}

/// Reads requests and hangs up without an answer.
class BreakingService {
public:
    explicit BreakingService(boost::asio::io_context& io)
        : acceptor_(io.get_executor(), http::Tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0)) {
        boost::asio::co_spawn(io, serve(), [](std::exception_ptr) {});
    }

    http::Endpoint endpoint() const { return {"127.0.0.1", acceptor_.local_endpoint().port()}; }
    int requests = 0;

private:
    Task<> serve() {
        for (;;) {
            http::Socket socket(acceptor_.get_executor());
            co_await acceptor_.async_accept(socket, boost::asio::deferred);
            std::array<char, 4'096> bytes{};
            co_await socket.async_read_some(boost::asio::buffer(bytes), boost::asio::deferred);
            ++requests;
        }
    }

    boost::asio::basic_socket_acceptor<http::Tcp, Executor> acceptor_;
};

class ForwardedCallTest : public GatewayTest {
protected:
    http::StreamedResponse open(std::string path, std::string authorization) {
        return run(io,
                   customer.open({"127.0.0.1", server->port()},
                                 request(http::Method::get, std::move(path), std::move(authorization))));
    }
};

TEST_F(ForwardedCallTest, KeepsQueryBodyStatusAndEndToEndHeaders) {
    service("order").behaviour = with_headers;
    open_door();
    http::Request sent = request(http::Method::post, "/api/checkout", token(42));
    sent.query = "a=%20b";
    sent.body = R"({"payment_method":"paypal"})";
    sent.headers.add("Content-Type", "application/json");
    sent.headers.add("Idempotency-Key", "k-1");
    const auto response = call(std::move(sent));

    EXPECT_EQ(response.status, 201);
    EXPECT_EQ(response.body, R"({"id":1})");
    EXPECT_EQ(response.headers.get("ETag"), "\"v1\"");
    EXPECT_EQ(response.headers.get("X-Total-Count"), "3");
    const http::Request& seen = service("order").requests.front();
    EXPECT_EQ(seen.path, "/checkout");
    EXPECT_EQ(seen.query, "a=%20b");
    EXPECT_EQ(seen.body, R"({"payment_method":"paypal"})");
    EXPECT_EQ(seen.headers.get("Idempotency-Key"), "k-1");
}

TEST_F(ForwardedCallTest, CarriesTraceAndRequestIdThrough) {
    open_door();
    http::Request sent = request(http::Method::get, "/api/products");
    sent.context = {.traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                    .request_id = "mine-1"};
    const auto response = call(std::move(sent));
    EXPECT_EQ(response.headers.get("X-Request-Id"), "mine-1");
    EXPECT_EQ(response.headers.get("X-Trace-Id"), "0af7651916cd43dd8448eb211c80319c");
    auto& product = service("product", service("product").requests.empty() ? 1 : 0);
    EXPECT_EQ(product.requests.front().context.request_id, "mine-1");
    EXPECT_THAT(product.requests.front().context.traceparent, HasSubstr("0af7651916cd43dd8448eb211c80319c"));
}

TEST_F(ForwardedCallTest, AnswersHeadWithTheLengthOfTheBodyThatItLeavesOut) {
    open_door();
    const auto response = call(request(http::Method::head, "/api/products"));
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.headers.get("Content-Length"), "10");
    EXPECT_EQ(response.body, "");
}

TEST_F(ForwardedCallTest, SpreadsRequestsOverTheInstances) {
    open_door();
    for (int i = 0; i < 10; ++i) {
        EXPECT_EQ(get("/api/products").status, 200);
    }
    EXPECT_EQ(service("product", 0).requests.size(), 5u);
    EXPECT_EQ(service("product", 1).requests.size(), 5u);
}

TEST_F(ForwardedCallTest, GoesToTheOtherInstanceWhenOneIsDown) {
    open_door();
    run(io, service("product", 0).stop());
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(get("/api/products").status, 200);
    }
    EXPECT_EQ(call(request(http::Method::post, "/api/products", token(1, auth::Role::admin))).status, 200);
}

TEST_F(ForwardedCallTest, SaysQuicklyThatNobodyIsThere) {
    open_door();
    run(io, service("order").stop());
    const auto began = SteadyClock::now();
    for (int i = 0; i < 8; ++i) {
        const auto response = call(request(http::Method::post, "/api/checkout", token(42)));
        EXPECT_EQ(response.status, 503);
        EXPECT_TRUE(response.headers.has("Retry-After"));
    }
    EXPECT_LT(SteadyClock::now() - began, std::chrono::seconds(1));
    EXPECT_EQ(get("/api/products").status, 200);
}

TEST_F(ForwardedCallTest, RepeatsOnlyWhatCanDoNoHarm) {
    BreakingService one(io);
    BreakingService two(io);
    replaced["product"] = {one.endpoint(), two.endpoint()};
    open_door();
    EXPECT_EQ(call(request(http::Method::post, "/api/products", token(1, auth::Role::admin))).status, 503);
    EXPECT_EQ(one.requests + two.requests, 1);
    EXPECT_EQ(get("/api/products").status, 503);
    EXPECT_EQ(one.requests + two.requests, 3);
}

TEST_F(ForwardedCallTest, HandsTheCallersDeadlineOn) {
    open_door();
    http::Request hasty = request(http::Method::get, "/api/orders", token(42));
    hasty.deadline = SteadyClock::now() + std::chrono::seconds(3);
    const auto deadline = hasty.deadline;
    EXPECT_EQ(call(std::move(hasty)).status, 200);
    // It travels as the time that is left, so each hop moves it by the time of the way.
    EXPECT_LE(service("order").requests.front().deadline, deadline + std::chrono::seconds(2));
}

TEST_F(ForwardedCallTest, Answers504WhenTheServiceIsTooSlow) {
    service("order").behaviour = never;
    open_door({.per_s = 0}, {.request_timeout = milliseconds(100)});
    const auto response = get("/api/orders", token(42));
    EXPECT_EQ(response.status, 504);
    EXPECT_EQ(response.headers.get("Content-Type"), "application/problem+json");
}

TEST_F(ForwardedCallTest, RefusesThreeMebibytesWithoutAskingAnyone) {
    open_door();
    http::Request big = request(http::Method::post, "/api/checkout", token(42));
    big.body = std::string(3U << 20U, 'x');
    EXPECT_EQ(call(std::move(big)).status, 413);
    EXPECT_TRUE(service("order").requests.empty());
}

TEST_F(ForwardedCallTest, PassesEventsOnAsTheyCome) {
    Streams streams(io);
    service("order").behaviour = [&](http::Request) {
        return events([&](http::ResponseStream& out) { return drip(out, streams); });
    };
    open_door();
    {
        auto opened = open("/api/orders/7/stream", token(42));
        EXPECT_EQ(opened.head.status, 200);
        EXPECT_EQ(opened.head.headers.get("Content-Type"), "text/event-stream");
        EXPECT_EQ(run(io, opened.body->read_some()), "event: order\ndata: 1\n\n");
        streams.first_is_read.notify();
        EXPECT_EQ(run(io, opened.body->read_some()), "event: order\ndata: 2\n\n");
        EXPECT_EQ(streams.running, 1);
    }
    EXPECT_TRUE(until([&] { return streams.running == 0; }));
}

TEST_F(ForwardedCallTest, KeepsRoomForOtherRequestsHoweverManyStreamsAreWanted) {
    Streams running(io);
    service("order").behaviour = [&](http::Request asked) {
        return asked.path.ends_with("/stream")
                   ? events([&](http::ResponseStream& out) { return drip(out, running); })
                   : with_headers(std::move(asked));
    };
    open_door();
    std::vector<http::StreamedResponse> opened;
    for (int i = 0; i < 2; ++i) {
        opened.push_back(open("/api/orders/7/stream", token(42)));
        EXPECT_EQ(opened.back().head.status, 200);
    }
    for (int i = 0; i < 10; ++i) {
        const auto refused = get("/api/orders/7/stream", token(42));
        EXPECT_EQ(refused.status, 503);
        EXPECT_TRUE(refused.headers.has("Retry-After"));
    }
    EXPECT_EQ(get("/api/orders/7", token(42)).status, 201);
    opened.clear();
    EXPECT_TRUE(until([&] { return running.running == 0; }));
}

TEST_F(ForwardedCallTest, EndsTheStreamWhenTheServiceDoes) {
    service("order").behaviour = [](http::Request) { return events(two_events); };
    open_door();
    auto opened = open("/api/orders/7/stream", token(42));
    std::string all;
    for (std::string some = "x"; !some.empty();) {
        some = run(io, opened.body->read_some());
        all += some;
    }
    EXPECT_EQ(all, "data: 1\n\ndata: 2\n\n");
}

TEST_F(ForwardedCallTest, PassesARefusalOfAStreamOnWhole) {
    service("order").behaviour = not_found;
    open_door();
    const auto response = get("/api/orders/7/stream", token(42));
    EXPECT_EQ(response.status, 404);
    EXPECT_THAT(response.body, HasSubstr("There is no such order."));
    EXPECT_THAT(response.body, HasSubstr(R"("instance":"/api/orders/7/stream")"));
}

TEST_F(ForwardedCallTest, ReportsTheRealStateOfEveryService) {
    open_door();
    health->start(tasks);
    const auto well = get("/health");
    EXPECT_EQ(well.status, 200);
    EXPECT_THAT(well.body, HasSubstr(R"("status":"ok")"));
    EXPECT_THAT(well.body, HasSubstr(R"("checks":{"database":"up"})"));

    run(io, service("email").stop());
    service("payment").health_status = 503;
    http::Response ill;
    const auto is_told = [&] {
        ill = get("/health");
        return ill.body.contains(R"("email":{"status":"down")") &&
               ill.body.contains(R"("payment":{"status":"degraded")");
    };
    const auto limit = SteadyClock::now() + std::chrono::seconds(5);
    while (!is_told() && SteadyClock::now() < limit) {
    }
    EXPECT_TRUE(is_told()) << ill.body;
    EXPECT_EQ(ill.status, 503);
}

TEST_F(ForwardedCallTest, UsesAServiceAgainWhenItsProbeIsAnswered) {
    service("order").health_status = 503;
    open_door();
    health->start(tasks);
    EXPECT_TRUE(
        until([&] { return upstreams.at("order").instances().front()->condition() == Condition::degraded; }));
    EXPECT_EQ(get("/api/orders", token(42)).status, 200);
}

} // namespace
} // namespace tandem::gateway
