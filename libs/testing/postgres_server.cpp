#include "libs/testing/postgres_server.hpp"

#include "libs/testing/child_process.hpp"

#include <libpq-fe.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <optional>
#include <signal.h>
#include <stdexcept>
#include <thread>
#include <unistd.h>
#include <vector>

namespace tandem::testing {
namespace {

namespace fs = std::filesystem;

constexpr const char* password = "tandem-test";
constexpr std::chrono::seconds start_timeout{120}; // recovery syncs the whole file system first

fs::path server_programs() {
    for (const auto& version : fs::directory_iterator("/usr/lib/postgresql")) {
        if (fs::exists(version.path() / "bin/postgres")) {
            return version.path() / "bin";
        }
    }
    throw std::runtime_error("PostgreSQL is not installed: nothing in /usr/lib/postgresql/*/bin");
}

fs::path new_folder() {
    std::string pattern = (fs::temp_directory_path() / "tandem-postgres-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
        throw std::runtime_error("cannot create " + pattern);
    }
    return pattern;
}

std::vector<pid_t> children_of(pid_t parent) {
    std::ifstream list("/proc/" + std::to_string(parent) + "/task/" + std::to_string(parent) + "/children");
    std::vector<pid_t> children;
    for (pid_t child = 0; list >> child;) {
        children.push_back(child);
    }
    return children;
}

void wait_until_gone(pid_t pid) {
    const fs::path process = "/proc/" + std::to_string(pid);
    for (;;) {
        std::ifstream file(process / "stat");
        std::string id, name, state;
        if (!(file >> id >> name >> state) || state == "Z") {
            return;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
}

} // namespace

struct PostgresServer::State {
    fs::path programs = server_programs();
    fs::path folder = new_folder();
    std::uint16_t port = free_port();
    int databases = 0;
    std::optional<ChildProcess> postmaster;

    std::string url(const std::string& database) const {
        return "postgresql://tandem:" + std::string(password) + "@127.0.0.1:" + std::to_string(port) + "/" +
               database;
    }

    void create_cluster() {
        std::ofstream(folder / "password") << password << "\n";
        give_to(folder, "postgres");
        ChildProcess initdb("postgres",
                            {programs / "initdb",
                             "-N",
                             "-D",
                             folder / "data",
                             "-U",
                             "tandem",
                             "-A",
                             "scram-sha-256",
                             "--pwfile",
                             folder / "password",
                             "--data-checksums",
                             "-E",
                             "UTF8",
                             "--locale=C.UTF-8"},
                            {"PATH=/usr/bin:/bin"},
                            folder / "initdb.log");
        if (initdb.wait() != 0) {
            throw std::runtime_error("initdb failed, see " + (folder / "initdb.log").string());
        }
    }

    void launch() {
        std::vector<std::string> command{programs / "postgres", "-D", folder / "data"};
        const std::vector<std::string> settings{"listen_addresses=127.0.0.1",
                                                "port=" + std::to_string(port),
                                                "unix_socket_directories=" + folder.string(),
                                                "shared_buffers=32MB",
                                                "max_connections=100",
                                                "jit=off",
                                                "max_parallel_workers_per_gather=0",
                                                "recovery_init_sync_method=syncfs",
                                                "log_min_messages=warning"};
        for (const std::string& setting : settings) {
            command.insert(command.end(), {"-c", setting});
        }
        postmaster.emplace(
            "postgres", command, std::vector<std::string>{"PATH=/usr/bin:/bin"}, folder / "postgres.log");
    }

    void wait_until_it_answers() {
        const auto give_up = std::chrono::steady_clock::now() + start_timeout;
        while (PQping(url("postgres").c_str()) != PQPING_OK) {
            if (!postmaster->running() || std::chrono::steady_clock::now() > give_up) {
                throw std::runtime_error("PostgreSQL did not start, see " +
                                         (folder / "postgres.log").string());
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
    }

    void signal_all(int signal) {
        const std::vector<pid_t> children = children_of(postmaster->pid());
        ::kill(postmaster->pid(), signal);
        for (const pid_t child : children) {
            ::kill(child, signal);
        }
    }

    void stop(int signal) {
        if (!postmaster || !postmaster->running()) {
            return;
        }
        const pid_t parent = postmaster->pid();
        const std::vector<pid_t> children = children_of(parent);
        ::kill(parent, signal);
        if (signal == SIGKILL) {
            for (const pid_t child : children) {
                ::kill(child, SIGKILL);
            }
        }
        postmaster->wait();
        postmaster.reset();
        for (const pid_t child : children) {
            wait_until_gone(child);
        }
    }
};

PostgresServer& PostgresServer::shared() {
    static PostgresServer server;
    return server;
}

PostgresServer::PostgresServer() : state_(std::make_unique<State>()) {
    state_->create_cluster();
    start();
}

PostgresServer::~PostgresServer() {
    state_->stop(SIGINT);
    std::error_code ignored;
    fs::remove_all(state_->folder, ignored);
}

std::string PostgresServer::new_database() {
    const std::string name = "test_" + std::to_string(++state_->databases);
    PGconn* connection = PQconnectdb(state_->url("postgres").c_str());
    PGresult* result = PQexec(connection, ("CREATE DATABASE " + name).c_str());
    const bool created = PQresultStatus(result) == PGRES_COMMAND_OK;
    const std::string problem = PQerrorMessage(connection);
    PQclear(result);
    PQfinish(connection);
    if (!created) {
        throw std::runtime_error("cannot create a database: " + problem);
    }
    return state_->url(name);
}

void PostgresServer::kill() {
    state_->stop(SIGKILL);
}

void PostgresServer::start() {
    state_->launch();
    state_->wait_until_it_answers();
}

void PostgresServer::pause() {
    state_->signal_all(SIGSTOP);
}

void PostgresServer::resume() {
    state_->signal_all(SIGCONT);
}

void PostgresServer::restart() {
    state_->stop(SIGINT);
    start();
}

} // namespace tandem::testing
