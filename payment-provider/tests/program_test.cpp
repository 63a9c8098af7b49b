#include "libs/async/task_group.hpp"
#include "libs/http/client.hpp"
#include "libs/kernel/unavailable.hpp"
#include "libs/kernel/uuid.hpp"
#include "libs/testing/run.hpp"
#include "payment-provider/entry.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <map>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tandem::provider {
namespace {

using namespace std::chrono_literals;

/// The real program with a ledger of its own.
class Program {
public:
    explicit Program(const std::string& ledger_file) {
        int output[2];
        if (pipe2(output, O_CLOEXEC) != 0) {
            throw std::runtime_error("pipe");
        }
        setenv("PORT", "0", 1);
        setenv("PAYMENT_DELAY_MS", "0", 1);
        setenv("LEDGER_FILE", ledger_file.c_str(), 1);
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO);
        std::string path = PAYMENT_PROVIDER_PROGRAM;
        char* arguments[] = {path.data(), nullptr};
        const int error = posix_spawn(&pid_, path.c_str(), &actions, nullptr, arguments, environ);
        posix_spawn_file_actions_destroy(&actions);
        close(output[1]);
        output_ = output[0];
        if (error != 0) {
            throw std::runtime_error("cannot run " + path);
        }
        endpoint.host = "127.0.0.1";
        endpoint.port = read_port();
    }
    ~Program() { end(SIGKILL); }
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    int end(int signal) {
        int status = 0;
        if (pid_ > 0) {
            kill(pid_, signal);
            waitpid(pid_, &status, 0);
            close(output_);
            pid_ = 0;
        }
        return status;
    }

    http::Endpoint endpoint;

private:
    std::uint16_t read_port() const {
        const std::string marker = "\"port\":";
        std::string text;
        char character = 0;
        while (read(output_, &character, 1) == 1) {
            text += character;
            const auto at = text.find(marker);
            if (at != std::string::npos && character == '}') {
                return static_cast<std::uint16_t>(std::stoi(text.substr(at + marker.size())));
            }
        }
        throw std::runtime_error("the program ended: " + text);
    }

    pid_t pid_ = 0;
    int output_ = -1;
};

class ProgramTest : public ::testing::Test {
protected:
    ~ProgramTest() override { std::filesystem::remove_all(folder); }

    Task<> charge(http::Endpoint endpoint, int order_id) {
        http::Request request;
        request.method = http::Method::post;
        request.path = "/v1/charges";
        request.headers.add("Content-Type", "application/json");
        request.headers.add("Idempotency-Key", fmt::format("charge-order-{}", order_id));
        request.body = fmt::format(R"({{"order_id":{},"amount":"1.00"}})", order_id);
        request.deadline = std::chrono::steady_clock::now() + 10s;
        try {
            const auto response = co_await client.send(endpoint, request);
            answers[order_id] = response.status == 201 ? response.body : "";
        } catch (const Unavailable&) {
            ++unanswered;
        }
        if (on_answer) {
            on_answer();
        }
    }

    void charge_all(const http::Endpoint& endpoint, int count) {
        async::TaskGroup tasks(context.get_executor());
        for (int order_id = 1; order_id <= count; ++order_id) {
            tasks.spawn("charge", charge(endpoint, order_id));
        }
        testing::run(context, tasks.join());
    }

    std::string get(const http::Endpoint& endpoint, const std::string& path, const std::string& query) {
        http::Request request;
        request.path = path;
        request.query = query;
        request.deadline = std::chrono::steady_clock::now() + 10s;
        return testing::run(context, client.send(endpoint, request)).body;
    }

    boost::asio::io_context context;
    http::Client client{context.get_executor(), {.connections_per_endpoint_max = 32}};
    std::filesystem::path folder = std::filesystem::temp_directory_path() / ("provider-" + uuid_v7());
    std::string file = folder / "ledger.jsonl";
    std::map<int, std::string> answers;
    int unanswered = 0;
    std::function<void()> on_answer;
};

TEST_F(ProgramTest, KilledInTheMiddleItForgetsNothingThatItAnsweredAndChargesNothingTwice) {
    constexpr int orders = 400;
    {
        Program program(file);
        on_answer = [&] {
            if (answers.size() == 100) {
                program.end(SIGKILL);
            }
        };
        charge_all(program.endpoint, orders);
        on_answer = nullptr;
    }
    EXPECT_GT(unanswered, 0);
    const auto before = answers;

    Program program(file);
    charge_all(program.endpoint, orders);
    for (const auto& [order_id, answer] : before) {
        EXPECT_EQ(answers[order_id], answer) << "the answer of before, again";
    }
    const std::string page =
        get(program.endpoint, "/v1/ledger", fmt::format("after={}&limit=1000", orders - 1));
    EXPECT_NE(page.find(fmt::format("\"next_after\":{}", orders)), std::string::npos) << page;
}

TEST_F(ProgramTest, EndsWithZeroOnSigterm) {
    Program program(file);
    charge_all(program.endpoint, 10);
    const int status = program.end(SIGTERM);
    EXPECT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 0);
}

} // namespace
} // namespace tandem::provider
