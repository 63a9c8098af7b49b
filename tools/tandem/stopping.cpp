#include "tools/tandem/stopping.hpp"

#include "tools/tandem/machine.hpp"
#include "tools/tandem/problem.hpp"

#include <algorithm>
#include <csignal>
#include <thread>

namespace tandem::local {
namespace {

using namespace std::chrono_literals;

constexpr auto stop_timeout = 90s; // supervisord itself insists after at most 60 s
constexpr auto orphan_patience = 60s;

bool is_postgres(pid_t pid) {
    return command_line(pid).find("/bin/postgres ") != std::string::npos;
}

void signal_all(const std::vector<pid_t>& pids, int signal) {
    for (const pid_t pid : pids) {
        // SIGINT is PostgreSQL's fast shutdown; SIGTERM would wait for its clients.
        ::kill(pid, signal == SIGTERM && is_postgres(pid) ? SIGINT : signal);
    }
}

} // namespace

void stop_programs(const Supervisor& supervisor, const std::vector<std::string>& names) {
    const auto is_wanted = [&](const ProgramState& program) {
        return !program.is_down() && std::ranges::find(names, program.name) != names.end();
    };
    for (const ProgramState& program : supervisor.programs()) {
        if (is_wanted(program) && program.state != "STOPPING") {
            supervisor.stop(program.name);
        }
    }
    const auto deadline = Clock::now() + stop_timeout;
    while (std::ranges::any_of(supervisor.programs(), is_wanted)) {
        if (Clock::now() > deadline) {
            give_up("some parts do not stop; ./tandem status shows them");
        }
        std::this_thread::sleep_for(50ms);
    }
}

void wake_all(const Supervisor& supervisor) {
    if (const auto pid = supervisor.pid()) {
        signal_all(process_tree(*pid), SIGCONT);
    }
}

void stop_orphans(const Shop& shop, Screen& screen) {
    std::vector<pid_t> left = processes_of(shop.state);
    if (left.empty()) {
        return;
    }
    screen.line(fmt::format("  ending {} processes that were left behind", left.size()));
    signal_all(left, SIGTERM);
    const auto deadline = Clock::now() + orphan_patience;
    while (!left.empty() && Clock::now() < deadline) {
        std::this_thread::sleep_for(100ms);
        left = processes_of(shop.state);
    }
    signal_all(left, SIGKILL);
    while (!processes_of(shop.state).empty() && Clock::now() < deadline + 5s) {
        std::this_thread::sleep_for(50ms);
    }
}

} // namespace tandem::local
