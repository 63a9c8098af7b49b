#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <sys/types.h>
#include <vector>

namespace tandem::local {

struct Command {
    std::vector<std::string> arguments;             ///< the program (found by PATH) and its arguments
    std::map<std::string, std::string> environment; ///< set on top of this process's own
    std::filesystem::path directory;                ///< empty: where this process is
    std::string input;                              ///< what it reads from standard input
};

struct Outcome {
    int exit_code = 0;  ///< 128 + signal when a signal ended it, as in a shell
    std::string output; ///< standard output and standard error together
};

/// Runs a program to its end and keeps what it says. Throws Problem when it cannot be started.
Outcome run_quietly(const Command& command);

/// Runs a program to its end on this terminal. Gives its exit code.
int run_here(const Command& command);

/// Starts a program as the leader of a new session, away from this terminal's keys. Gives its pid, which is
/// also the session's. Throws Problem when it cannot be started.
pid_t start_session(const Command& command);

/// Becomes the program: does not return. Throws Problem when that fails.
[[noreturn]] void become(const Command& command);

} // namespace tandem::local
