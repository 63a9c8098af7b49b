#include "tools/tandem/process.hpp"

#include "tools/tandem/interruption.hpp"
#include "tools/tandem/problem.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tandem::local {
namespace {

/// A file in memory: the child's output needs no pump, however much it says.
class MemoryFile {
public:
    explicit MemoryFile(const std::string& content) : descriptor_(::memfd_create("tandem", MFD_CLOEXEC)) {
        if (descriptor_ < 0 || ::write(descriptor_, content.data(), content.size()) < 0 ||
            ::lseek(descriptor_, 0, SEEK_SET) < 0) {
            give_up("no memory for a child's output: {}", std::strerror(errno));
        }
    }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    ~MemoryFile() { ::close(descriptor_); }

    int descriptor() const { return descriptor_; }

    std::string content() const {
        std::string text(static_cast<std::size_t>(::lseek(descriptor_, 0, SEEK_END)), '\0');
        const ssize_t count = ::pread(descriptor_, text.data(), text.size(), 0);
        text.resize(count < 0 ? 0 : static_cast<std::size_t>(count));
        return text;
    }

private:
    int descriptor_;
};

std::vector<std::string> whole_environment(const std::map<std::string, std::string>& additions) {
    std::vector<std::string> all;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string text = *entry;
        if (!additions.contains(text.substr(0, text.find('=')))) {
            all.push_back(text);
        }
    }
    for (const auto& [name, value] : additions) {
        all.push_back(fmt::format("{}={}", name, value));
    }
    return all;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> all;
    all.reserve(texts.size() + 1);
    for (std::string& text : texts) {
        all.push_back(text.data());
    }
    all.push_back(nullptr);
    return all;
}

pid_t spawn(const Command& command,
            posix_spawn_file_actions_t& actions,
            const posix_spawnattr_t* attributes = nullptr) {
    std::vector<std::string> arguments = command.arguments;
    std::vector<std::string> environment = whole_environment(command.environment);
    if (!command.directory.empty()) {
        ::posix_spawn_file_actions_addchdir_np(&actions, command.directory.c_str());
    }
    pid_t pid = 0;
    const int failure = ::posix_spawnp(&pid,
                                       arguments.front().c_str(),
                                       &actions,
                                       attributes,
                                       pointers(arguments).data(),
                                       pointers(environment).data());
    if (failure != 0) {
        give_up("cannot run {}: {}", arguments.front(), std::strerror(failure));
    }
    return pid;
}

int wait_for(pid_t pid) {
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0) {
        if (errno != EINTR) {
            give_up("lost track of process {}: {}", pid, std::strerror(errno));
        }
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

} // namespace

Outcome run_quietly(const Command& command) {
    const MemoryFile input(command.input);
    const MemoryFile output("");
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, input.descriptor(), STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, output.descriptor(), STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, output.descriptor(), STDERR_FILENO);
    const pid_t pid = spawn(command, actions);
    ::posix_spawn_file_actions_destroy(&actions);
    const int exit_code = wait_for(pid);
    return {exit_code, output.content()};
}

int run_here(const Command& command) {
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    const pid_t pid = spawn(command, actions);
    ::posix_spawn_file_actions_destroy(&actions);
    const ChildAtWork at_work(pid);
    return wait_for(pid);
}

pid_t start_session(const Command& command) {
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    posix_spawnattr_t attributes;
    ::posix_spawnattr_init(&attributes);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
    const pid_t pid = spawn(command, actions, &attributes);
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
    return pid;
}

void become(const Command& command) {
    std::vector<std::string> arguments = command.arguments;
    for (const auto& [name, value] : command.environment) {
        ::setenv(name.c_str(), value.c_str(), 1);
    }
    ::execvp(arguments.front().c_str(), pointers(arguments).data());
    give_up("cannot run {}: {}", arguments.front(), std::strerror(errno));
}

} // namespace tandem::local
