#include "libs/http/server.hpp"
#include "libs/telemetry/otlp.hpp"
#include "libs/testing/run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace tandem::telemetry {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

/// Plays the collector.
class OtlpDeliveryTest : public ::testing::Test {
protected:
    OtlpDeliveryTest() { server.start(); }
    ~OtlpDeliveryTest() override { testing::run(io, server.drain(std::chrono::steady_clock::now())); }

    Task<http::Response> collect(http::Request request) {
        path = request.path;
        body = request.body;
        co_return http::Response::json(200, "{}");
    }

    boost::asio::io_context io;
    http::Server server{
        io.get_executor(), [this](http::Request request) { return collect(std::move(request)); }, {}};
    std::string path;
    std::string body;
};

TEST_F(OtlpDeliveryTest, DeliversFinishedSpansBeforeItClosesAlsoWhenAnotherEndpointIsAway) {
    FinishedSpan span;
    span.name = "charge";
    span.trace_id = "4bf92f3577b34da6a3ce929d0e0e4736";
    span.span_id = "00f067aa0ba902b7";
    std::atomic<bool> closed = false;
    std::thread exporting([&] {
        const std::string here = "http://127.0.0.1:" + std::to_string(server.port());
        OtlpExporter("order-service", {"http://127.0.0.1:1", here}).add(span);
        closed = true;
    });
    while (!closed) {
        io.run_one_for(10ms);
    }
    exporting.join();
    EXPECT_EQ(path, "/v1/traces");
    EXPECT_THAT(body, HasSubstr(R"("stringValue":"order-service")"));
    EXPECT_THAT(body, HasSubstr(R"("spanId":"00f067aa0ba902b7")"));
}

} // namespace
} // namespace tandem::telemetry
