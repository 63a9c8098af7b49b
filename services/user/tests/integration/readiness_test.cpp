#include "libs/async/sleep.hpp"
#include "libs/http/client.hpp"
#include "libs/testing/child_process.hpp"
#include "libs/testing/postgres_server.hpp"
#include "libs/testing/run.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <unistd.h>

namespace tandem::user {
namespace {

using namespace std::chrono_literals;

std::filesystem::path new_folder() {
    auto folder = std::filesystem::temp_directory_path() / ("user-readiness-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    return folder;
}

/// The user service as the program that it is, with a database and without a broker.
class ReadinessTest : public ::testing::Test {
protected:
    ~ReadinessTest() override { std::filesystem::remove_all(folder); }

    Task<http::Response> get(std::string path) {
        http::Request request;
        request.path = std::move(path);
        request.deadline = std::chrono::steady_clock::now() + 1s;
        auto response = co_await client.send({"127.0.0.1", port}, std::move(request));
        co_return response;
    }
    /// What /health/ready says once it says `expected`, or in the end.
    Task<std::string> readiness(std::string expected) {
        const auto deadline = std::chrono::steady_clock::now() + 30s;
        std::string said;
        while (said != expected && std::chrono::steady_clock::now() < deadline) {
            co_await async::sleep_for(10ms);
            try {
                const auto response = co_await get("/health/ready");
                said = response.body;
            } catch (const Unavailable&) {
                said.clear();
            }
        }
        co_return said;
    }

    const std::filesystem::path folder = new_folder();
    const std::uint16_t port = testing::free_port();
    testing::ChildProcess program{
        "",
        {USER_SERVICE_PROGRAM},
        {"PORT=" + std::to_string(port),
         "DATABASE_URL=" + testing::PostgresServer::shared().new_database(),
         "RABBITMQ_URL=amqp://nobody:nothing@127.0.0.1:" + std::to_string(testing::free_port()) + "/none",
         "SIGNING_KEY_FILE=" + (folder / "key.pem").string()},
        folder / "log"};
    boost::asio::io_context context;
    http::Client client{context.get_executor(), {}};
};

TEST_F(ReadinessTest, SaysThatItsBrokerIsAwayAndWorksAllTheSame) {
    const std::string broker_only = R"({"status":"not ready","failing":["broker"]})";
    EXPECT_EQ(testing::run(context, readiness(broker_only)), broker_only);
    EXPECT_EQ(testing::run(context, get("/.well-known/jwks.json")).status, 200);
}

} // namespace
} // namespace tandem::user
