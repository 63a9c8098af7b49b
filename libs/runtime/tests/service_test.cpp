#include "libs/async/sleep.hpp"
#include "libs/http/client.hpp"
#include "libs/runtime/service.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>

namespace tandem::runtime {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

ServiceOptions quiet_options() {
    ServiceOptions options;
    options.name = "test-service";
    options.log_level = "error";
    options.shutdown_timeout = 2s;
    return options;
}

/// Asks the service from inside its own event loop, then stops it.
class ServiceTest : public ::testing::Test {
protected:
    Task<> ask(std::string path) {
        while (service.port() == 0) {
            co_await async::sleep_for(1ms);
        }
        http::Request request;
        request.path = path;
        request.deadline = std::chrono::steady_clock::now() + 2s;
        http::Endpoint endpoint{"127.0.0.1", service.port()};
        answers[path] = co_await client.send(endpoint, request);
    }

    Task<> ask_all(std::vector<std::string> paths) {
        for (const std::string& path : paths) {
            co_await ask(path);
        }
        service.stop();
    }

    int serve(std::vector<std::string> paths) {
        service.tasks().spawn("ask", ask_all(std::move(paths)));
        return service.run();
    }

    Task<> note(std::string step) {
        steps.push_back(std::move(step));
        co_return;
    }
    Task<> fail() {
        co_await note("failing");
        throw std::runtime_error("no");
    }
    Task<> raise_soon() {
        while (service.port() == 0) {
            co_await async::sleep_for(1ms);
        }
        std::raise(SIGTERM);
        co_await async::sleep_for(1h);
    }

    Service service{quiet_options()};
    http::Client client{service.executor(), {}};
    std::map<std::string, http::Response> answers;
    std::vector<std::string> steps;
};

TEST_F(ServiceTest, IsReadyWhenEveryCheckHolds) {
    service.add_check("database", [] { return true; });
    EXPECT_EQ(serve({"/health/live", "/health/ready", "/health", "/"}), 0);
    EXPECT_EQ(answers["/health/live"].status, 200);
    EXPECT_EQ(answers["/health/ready"].status, 200);
    EXPECT_EQ(answers["/health"].status, 200);
    EXPECT_THAT(answers["/health"].body, HasSubstr(R"("checks":{"database":"up"})"));
    EXPECT_THAT(answers["/"].body, HasSubstr(R"({"service":"test-service","status":"ok","version":")"));
}

TEST_F(ServiceTest, NamesTheChecksThatFail) {
    service.add_check("database", [] { return true; });
    service.add_check("broker", [] { return false; });
    EXPECT_EQ(serve({"/health/live", "/health/ready", "/health"}), 0);
    EXPECT_EQ(answers["/health/live"].status, 200);
    EXPECT_EQ(answers["/health/ready"].status, 503);
    EXPECT_THAT(answers["/health/ready"].body, HasSubstr(R"("failing":["broker"])"));
    EXPECT_EQ(answers["/health"].status, 503);
    EXPECT_THAT(answers["/health"].body, HasSubstr(R"("database":"up","broker":"down")"));
}

TEST_F(ServiceTest, ShowsMetricsAndKeepsItsRoutesInFrontOfAHandler) {
    service.set_handler([](const http::Request&) -> Task<http::Response> {
        co_return http::Response::text(200, "everything else");
    });
    EXPECT_EQ(serve({"/metrics", "/elsewhere"}), 0);
    EXPECT_THAT(answers["/metrics"].body, HasSubstr("process_cpu_seconds_total"));
    EXPECT_EQ(answers["/elsewhere"].body, "everything else");
}

TEST_F(ServiceTest, StopsOnASignalInTheOrderGivenWhateverOneStepDoes) {
    service.on_stop("first", [this](auto) { return note("first"); });
    service.on_stop("failing", [this](auto) { return fail(); });
    service.on_stop("last", [this](auto) { return note("last"); });
    service.tasks().spawn("signal", raise_soon());
    EXPECT_EQ(service.run(), 0);
    EXPECT_THAT(steps, ElementsAre("first", "failing", "last"));
}

TEST_F(ServiceTest, ExitsWithOneWhenThePortIsTakenAfterItsStopSteps) {
    using Tcp = boost::asio::ip::tcp;
    const Tcp::acceptor other(service.executor(), Tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0));
    ServiceOptions options = quiet_options();
    options.port = other.local_endpoint().port();
    Service late(options);
    late.on_stop("first", [this](auto) { return note("first"); });
    EXPECT_EQ(late.run(), 1);
    EXPECT_THAT(steps, ElementsAre("first"));
}

} // namespace
} // namespace tandem::runtime
