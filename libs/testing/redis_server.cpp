#include "libs/testing/redis_server.hpp"

#include "libs/testing/child_process.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <optional>
#include <signal.h>
#include <stdexcept>
#include <thread>

namespace tandem::testing {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr const char* password = "tandem-test-redis";
constexpr auto start_timeout = 60s;

fs::path new_folder() {
    std::string pattern = (fs::temp_directory_path() / "tandem-redis-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
        throw std::runtime_error("cannot create a folder for Redis");
    }
    return pattern;
}

} // namespace

struct RedisServer::State {
    fs::path folder = new_folder();
    std::uint16_t port = free_port();
    std::optional<ChildProcess> server;

    void configure() const {
        std::ofstream(folder / "redis.conf")
            << "bind 127.0.0.1\nport " << port << "\nrequirepass " << password << "\ndir " << folder.string()
            << "\ndaemonize no\nsave \"\"\nappendonly no\n";
        give_to(folder, "redis");
    }

    void launch() {
        server.emplace("redis",
                       std::vector<std::string>{"/usr/bin/redis-server", folder / "redis.conf"},
                       std::vector<std::string>{"PATH=/usr/bin:/bin"},
                       folder / "redis.log");
        const auto deadline = std::chrono::steady_clock::now() + start_timeout;
        while (!port_answers(port)) {
            const bool late = std::chrono::steady_clock::now() > deadline;
            if (late || !server->running()) {
                std::ifstream log(folder / "redis.log");
                const std::string text{std::istreambuf_iterator<char>(log), {}};
                throw std::runtime_error((late ? "Redis does not answer:\n" : "Redis ended at start:\n") +
                                         text);
            }
            std::this_thread::sleep_for(2ms);
        }
    }
};

RedisServer::RedisServer() : state_(std::make_unique<State>()) {
    state_->configure();
    start();
}

RedisServer::~RedisServer() {
    kill();
    std::error_code ignored;
    fs::remove_all(state_->folder, ignored);
}

std::string RedisServer::url() const {
    return url_with_password(password);
}

std::string RedisServer::url_with_password(const std::string& given) const {
    return "redis://:" + given + "@127.0.0.1:" + std::to_string(state_->port);
}

void RedisServer::kill() {
    state_->server.reset();
}

void RedisServer::start() {
    state_->launch();
}

void RedisServer::pause() {
    ::kill(state_->server->pid(), SIGSTOP);
}

void RedisServer::resume() {
    ::kill(state_->server->pid(), SIGCONT);
}

} // namespace tandem::testing
