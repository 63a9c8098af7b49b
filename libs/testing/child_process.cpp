#include "libs/testing/child_process.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <pwd.h>
#include <random>
#include <signal.h>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tandem::testing {
namespace {

std::vector<char*> pointers(const std::vector<std::string>& texts) {
    std::vector<char*> result;
    for (const std::string& text : texts) {
        result.push_back(const_cast<char*>(text.c_str()));
    }
    result.push_back(nullptr);
    return result;
}

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

template <class Call>
bool try_on_socket(std::uint16_t port, Call call) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(port);
    const bool succeeded = call(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(socket);
    return succeeded;
}

} // namespace

ChildProcess::ChildProcess(const std::string& user,
                           const std::vector<std::string>& arguments,
                           const std::vector<std::string>& environment,
                           const std::filesystem::path& log) {
    std::vector<std::string> command{"/usr/bin/setpriv", "--pdeathsig", "KILL"};
    if (::geteuid() == 0 && !user.empty()) {
        command.insert(command.end(), {"--reuid=" + user, "--regid=" + user, "--init-groups"});
    }
    command.insert(command.end(), arguments.begin(), arguments.end());
    const std::vector<char*> argv = pointers(command);
    const std::vector<char*> envp = pointers(environment);
    const std::string folder = log.parent_path().string();

    pid_ = ::fork();
    if (pid_ < 0) {
        throw std::runtime_error("cannot start " + arguments.front());
    }
    if (pid_ == 0) {
        const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
        const int in = ::open("/dev/null", O_RDONLY);
        const bool prepared = ::dup2(out, 1) == 1 && ::dup2(out, 2) == 2 && ::dup2(in, 0) == 0 &&
                              ::setpgid(0, 0) == 0 && ::chdir(folder.c_str()) == 0;
        if (prepared) {
            ::execve(argv.front(), argv.data(), envp.data());
        }
        ::_exit(127);
    }
}

ChildProcess::~ChildProcess() {
    if (running()) {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
}

bool ChildProcess::running() {
    if (pid_ > 0 && ::waitpid(pid_, nullptr, WNOHANG) != 0) {
        pid_ = -1;
    }
    return pid_ > 0;
}

int ChildProcess::wait() {
    int status = -1;
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::uint16_t free_port() {
    std::mt19937 generator{std::random_device{}()};
    std::uniform_int_distribution<int> distribution(20'000, 32'000);
    for (;;) {
        const auto port = static_cast<std::uint16_t>(distribution(generator));
        if (try_on_socket(port, ::bind)) {
            return port;
        }
    }
}

bool port_answers(std::uint16_t port) {
    return try_on_socket(port, ::connect);
}

void give_to(const std::filesystem::path& folder, const std::string& user) {
    const passwd* owner = ::geteuid() == 0 ? ::getpwnam(user.c_str()) : nullptr;
    if (owner == nullptr) {
        return;
    }
    const auto change = [&](const std::filesystem::path& path) {
        if (::lchown(path.c_str(), owner->pw_uid, owner->pw_gid) != 0) {
            throw std::runtime_error("cannot give " + path.string() + " to " + user);
        }
    };
    change(folder);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        change(entry.path());
    }
}

} // namespace tandem::testing
