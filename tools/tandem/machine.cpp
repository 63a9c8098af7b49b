#include "tools/tandem/machine.hpp"

#include <algorithm>
#include <charconv>
#include <csignal>
#include <fmt/format.h>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <unistd.h>

namespace tandem::local {
namespace {

namespace fs = std::filesystem;

/// Files of /proc vanish at any time: what cannot be read is empty.
std::string proc_text(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

std::vector<pid_t> all_processes() {
    std::vector<pid_t> pids;
    for (const auto& entry : fs::directory_iterator("/proc")) {
        const std::string name = entry.path().filename();
        pid_t pid = 0;
        const auto parsed = std::from_chars(name.data(), name.data() + name.size(), pid);
        if (parsed.ec == std::errc{} && parsed.ptr == name.data() + name.size()) {
            pids.push_back(pid);
        }
    }
    return pids;
}

/// The inode of the listening socket on `port`; 0 when nobody listens.
std::uint64_t listening_inode(std::uint16_t port) {
    constexpr auto listening = "0A";
    for (const char* table : {"/proc/net/tcp", "/proc/net/tcp6"}) {
        std::istringstream lines(proc_text(table));
        std::string line;
        std::getline(lines, line);
        while (std::getline(lines, line)) {
            std::istringstream fields(line);
            std::string slot, local, remote, state, queues, timer, retransmits, user, timeout;
            std::uint64_t inode = 0;
            fields >> slot >> local >> remote >> state >> queues >> timer >> retransmits >> user >> timeout >>
                inode;
            if (state == listening && local.ends_with(fmt::format(":{:04X}", port))) {
                return inode;
            }
        }
    }
    return 0;
}

bool holds_socket(pid_t pid, const std::string& socket) {
    std::error_code failure;
    for (fs::directory_iterator each(fmt::format("/proc/{}/fd", pid), failure), end; !failure && each != end;
         each.increment(failure)) {
        std::error_code vanished;
        if (fs::read_symlink(each->path(), vanished) == socket) {
            return true;
        }
    }
    return false;
}

struct Stat {
    char state = 'Z';
    pid_t parent = 0;
};

Stat stat_of(pid_t pid) {
    const std::string text = proc_text(fmt::format("/proc/{}/stat", pid));
    Stat stat;
    const auto name_end = text.rfind(')'); // the name may hold anything, a parenthesis too
    if (name_end != std::string::npos) {
        std::istringstream fields(text.substr(name_end + 1));
        fields >> stat.state >> stat.parent;
    }
    return stat;
}

std::int64_t own_memory_bytes(pid_t pid) {
    const std::string rollup = proc_text(fmt::format("/proc/{}/smaps_rollup", pid));
    std::int64_t kilobytes = 0;
    if (const auto pss = rollup.find("\nPss:"); pss != std::string::npos) {
        std::istringstream(rollup.substr(pss + 5)) >> kilobytes;
        return kilobytes * 1024;
    }
    std::int64_t size = 0;
    std::int64_t resident = 0;
    std::istringstream(proc_text(fmt::format("/proc/{}/statm", pid))) >> size >> resident;
    return resident * ::sysconf(_SC_PAGESIZE);
}

bool names_folder(const std::string& text, const std::string& folder) {
    for (auto at = text.find(folder); at != std::string::npos; at = text.find(folder, at + 1)) {
        const char next = at + folder.size() < text.size() ? text[at + folder.size()] : '\0';
        if (next == '/' || next == '\0' || next == '"' || next == ' ') {
            return true;
        }
    }
    return false;
}

/// Supervised programs only: somebody's editor or pager may have a log file open.
bool is_part(pid_t pid) {
    static const std::set<std::string> programs{
        "supervisord", "postgres", "beam.smp", "epmd", "redis-server", "node"};
    std::string name = proc_text(fmt::format("/proc/{}/comm", pid));
    name = name.substr(0, name.find('\n'));
    return programs.contains(name) || name.ends_with("_service") || name == "gateway" ||
           name == "payment_provide";
}

} // namespace

std::optional<Listener> listener_on(std::uint16_t port) {
    const std::uint64_t inode = listening_inode(port);
    if (inode == 0) {
        return std::nullopt;
    }
    const std::string socket = fmt::format("socket:[{}]", inode);
    for (const pid_t pid : all_processes()) {
        if (holds_socket(pid, socket)) {
            return Listener{pid, command_line(pid)};
        }
    }
    return Listener{};
}

bool is_alive(pid_t pid) {
    return stat_of(pid).state != 'Z';
}

std::string command_line(pid_t pid) {
    std::string text = proc_text(fmt::format("/proc/{}/cmdline", pid));
    while (!text.empty() && text.back() == '\0') {
        text.pop_back();
    }
    std::ranges::replace(text, '\0', ' ');
    return text;
}

std::vector<pid_t> process_tree(pid_t root) {
    std::multimap<pid_t, pid_t> children;
    for (const pid_t each : all_processes()) {
        children.emplace(stat_of(each).parent, each);
    }
    std::vector<pid_t> tree{root};
    for (std::size_t index = 0; index < tree.size(); ++index) {
        const auto [first, last] = children.equal_range(tree[index]);
        for (auto child = first; child != last; ++child) {
            tree.push_back(child->second);
        }
    }
    return tree;
}

std::int64_t memory_bytes(pid_t pid) {
    std::int64_t bytes = 0;
    for (const pid_t each : process_tree(pid)) {
        bytes += own_memory_bytes(each);
    }
    return bytes;
}

std::vector<pid_t> processes_of(const fs::path& state) {
    std::set<pid_t> ours;
    for (pid_t pid = ::getpid(); pid > 0; pid = stat_of(pid).parent) {
        ours.insert(pid);
    }
    std::vector<pid_t> found;
    for (const pid_t pid : all_processes()) {
        if (ours.contains(pid) || !is_alive(pid) || !is_part(pid)) {
            continue;
        }
        const std::string environment = proc_text(fmt::format("/proc/{}/environ", pid));
        if (names_folder(command_line(pid), state.string()) ||
            names_folder(environment, "TANDEM_STATE=" + state.string())) {
            found.push_back(pid);
        }
    }
    return found;
}

} // namespace tandem::local
