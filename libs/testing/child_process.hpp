#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <sys/types.h>
#include <vector>

namespace tandem::testing {

/// A program started by a test. Killed (SIGKILL) and reaped at destruction, and by the kernel when
/// the test program itself dies (prctl PR_SET_PDEATHSIG, through setpriv). Start it from the main
/// thread: the kernel watches the starting thread.
class ChildProcess {
public:
    /// As root it runs as `user` (empty: stays root). `arguments` begins with the program, looked up
    /// in PATH; `environment` is all it gets ("NAME=value"); its output is appended to `log`.
    ChildProcess(const std::string& user,
                 const std::vector<std::string>& arguments,
                 const std::vector<std::string>& environment,
                 const std::filesystem::path& log);
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    bool running();
    /// Waits for its end; its exit code, or -1 when a signal ended it.
    int wait();
    pid_t pid() const { return pid_; } ///< -1 once it has ended

private:
    pid_t pid_ = -1;
};

/// A port of the loopback interface that nothing listens on, below the ephemeral range (from there,
/// an outgoing connection could take it before the server binds it).
std::uint16_t free_port();

/// True when something accepts connections on the loopback port.
bool port_answers(std::uint16_t port);

/// As root: makes `user` the owner of the folder and all in it. Otherwise nothing.
void give_to(const std::filesystem::path& folder, const std::string& user);

} // namespace tandem::testing
