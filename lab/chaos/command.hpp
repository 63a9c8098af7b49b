#pragma once

#include "libs/async/blocking_pool.hpp"

#include <string>
#include <sys/types.h>
#include <vector>

namespace tandem::lab {

struct CommandResult {
    int exit_code = 0;
    std::string output; ///< standard output
};

/// Runs a program to its end, on this thread; its standard error stays this process's.
CommandResult run_command(const std::string& program, const std::vector<std::string>& words);

/// `./tandem`, which knows the parts and their supervisor. One command at a time; use on the event loop's
/// thread. Everything throws std::runtime_error when a command fails.
class Tandem {
public:
    Tandem(Executor executor, std::string program)
        : program_(std::move(program)), commands_(executor, "commands", 1, 64) {}

    /// Its process tree now.
    Task<std::vector<pid_t>> processes_of(std::string part);
    /// The same; none when it does not run.
    Task<std::vector<pid_t>> processes_if_any(std::string part);
    /// Resumes when it is ready; one that runs already is only waited for.
    Task<> start(std::string part);
    Task<> restart(std::string part);
    /// A program of the lab beside it.
    Task<CommandResult> run(std::string program, std::vector<std::string> words);

private:
    Task<std::string> tell(std::vector<std::string> words);

    std::string program_;
    async::BlockingPool commands_;
};

} // namespace tandem::lab
