#include "flight-recorder/tests/unit/samples.hpp"
#include "libs/async/sleep.hpp"
#include "libs/auth/token.hpp"
#include "libs/http/client.hpp"
#include "libs/http/server.hpp"
#include "libs/kernel/unavailable.hpp"
#include "libs/testing/child_process.hpp"
#include "libs/testing/run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>

namespace tandem::recorder {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

/// The real program, with a user service that shows a key.
class ProgramTest : public ::testing::Test {
protected:
    ProgramTest() {
        issuer.start();
        program.emplace("",
                        std::vector<std::string>{FLIGHT_RECORDER_PROGRAM},
                        std::vector<std::string>{"PORT=" + std::to_string(endpoint.port),
                                                 "JWKS_URL=http://127.0.0.1:" +
                                                     std::to_string(issuer.port()) + "/.well-known/jwks.json",
                                                 "MONOLITH_JWKS_URL=http://127.0.0.1:1/jwks",
                                                 "FLIGHT_ORDERS_MAX=2"},
                        log_file);
        testing::run(context, wait_until_up());
    }
    ~ProgramTest() override {
        testing::run(context, issuer.drain(std::chrono::steady_clock::now()));
        std::filesystem::remove(log_file);
    }

    Task<http::Response> keys(http::Request) {
        co_return http::Response::json(200, auth::jwks_document({key.public_jwk()}));
    }

    Task<> wait_until_up() {
        for (int tries = 0; tries < 500 && !testing::port_answers(endpoint.port); ++tries) {
            co_await async::sleep_for(10ms);
        }
    }

    http::Response
    send(http::Method method, std::string path, std::string body = {}, std::string token = {}) {
        http::Request request;
        request.method = method;
        request.path = std::move(path);
        request.headers.add("Origin", "http://localhost:3000");
        if (!body.empty()) {
            request.headers.add("Content-Type", "application/json");
        }
        if (!token.empty()) {
            request.headers.add("Authorization", "Bearer " + token);
        }
        request.body = std::move(body);
        request.deadline = std::chrono::steady_clock::now() + 10s;
        return testing::run(context, client.send(endpoint, std::move(request)));
    }

    std::string token_of(std::int64_t user) const {
        const Timestamp now = SystemClock().now();
        return key.sign({.principal = {.user_id = user, .email = "a@b.example"},
                         .issuer = "tandem",
                         .audience = "tandem-shop",
                         .issued_at = now,
                         .expires_at = now + 15min,
                         .token_id = "t"});
    }

    void record(std::int64_t order_id) {
        const auto members = samples::members(
            samples::attribute("tandem.order_id", fmt::format(R"({{"intValue":"{}"}})", order_id)) + "," +
            samples::attribute("enduser.id", R"({"stringValue":"41"})"));
        std::string body = samples::request(members);
        const std::string trace_id = "5B8EFFF798038103D269B633813FC60C";
        body.replace(body.find(trace_id), trace_id.size(), samples::trace(static_cast<int>(order_id)));
        EXPECT_EQ(send(http::Method::post, "/v1/traces", body).status, 200);
    }

    boost::asio::io_context context;
    const auth::SigningKey key = auth::SigningKey::generate();
    http::Server issuer{
        context.get_executor(), [this](http::Request request) { return keys(std::move(request)); }, {}};
    http::Client client{context.get_executor(), {}};
    const std::filesystem::path log_file = std::filesystem::temp_directory_path() /
                                           ("flight-recorder-test-" + std::to_string(getpid()) + ".log");
    http::Endpoint endpoint{"127.0.0.1", testing::free_port()};
    std::optional<testing::ChildProcess> program;
};

TEST_F(ProgramTest, KeepsTheLatestOrdersAndShowsThemToTheirOwner) {
    for (const std::int64_t order_id : {1, 2, 3}) {
        record(order_id);
    }
    EXPECT_EQ(send(http::Method::get, "/orders/1/flight", "", token_of(41)).status, 404);
    const auto shown = send(http::Method::get, "/orders/3/flight", "", token_of(41));
    EXPECT_EQ(shown.status, 200) << shown.body;
    EXPECT_THAT(shown.body, HasSubstr(R"("order_id":3)"));
    EXPECT_EQ(shown.headers.get("Access-Control-Allow-Origin"), "http://localhost:3000");
    EXPECT_EQ(send(http::Method::get, "/orders/3/flight", "", token_of(42)).status, 404);
    EXPECT_EQ(send(http::Method::get, "/orders/3/flight").status, 401);
    const std::string metrics = send(http::Method::get, "/metrics").body;
    EXPECT_THAT(metrics, HasSubstr("tandem_flight_orders 2"));
    EXPECT_THAT(metrics, HasSubstr(R"(tandem_flight_spans_dropped_total{reason="evicted"} 1)"));
}

TEST_F(ProgramTest, SurvivesWhatIsHostile) {
    for (const std::string& body : {std::string(1U << 20U, '['),
                                    std::string(1U << 20U, 'x'),
                                    std::string("{\"resourceSpans\":") + std::string(100, '['),
                                    std::string("\0\0\0", 3)}) {
        EXPECT_EQ(send(http::Method::post, "/v1/traces", body).status, 400);
    }
    EXPECT_EQ(send(http::Method::post, "/v1/traces", std::string((1U << 20U) + 1, 'x')).status, 413);
    EXPECT_TRUE(program->running());
    EXPECT_EQ(send(http::Method::get, "/health/ready").status, 200);
}

TEST_F(ProgramTest, CannotVerifyTokensOfAShopThatIsAway) {
    EXPECT_EQ(send(http::Method::get, "/orders/1000000001/flight", "", token_of(41)).status, 503);
}

TEST_F(ProgramTest, EndsWithZeroOnSigterm) {
    ASSERT_EQ(send(http::Method::get, "/health/ready").status, 200);
    kill(program->pid(), SIGTERM);
    EXPECT_EQ(program->wait(), 0);
}

} // namespace
} // namespace tandem::recorder
