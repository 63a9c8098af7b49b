#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

/// What runs on this machine, as /proc tells it.
namespace tandem::local {

struct Listener {
    pid_t pid = 0;       ///< 0 when it belongs to another user and cannot be told
    std::string command; ///< its command line
};

/// Who listens on a TCP port, on whatever address.
std::optional<Listener> listener_on(std::uint16_t port);

/// A process that exists and is no zombie.
bool is_alive(pid_t pid);

/// Arguments joined by blanks; empty when there is no such process.
std::string command_line(pid_t pid);

/// A process and its descendants; `root` first.
std::vector<pid_t> process_tree(pid_t root);

/// Memory of a process and its descendants: what is theirs alone and their part of what they share
/// (PSS), or the resident set where the system keeps that to itself.
std::int64_t memory_bytes(pid_t pid);

/// The parts of a shop that run without their supervisor: processes whose command line or
/// environment names the state folder, other than this one and its ancestors.
std::vector<pid_t> processes_of(const std::filesystem::path& state);

} // namespace tandem::local
