#include "tools/tandem/commands.hpp"
#include "tools/tandem/lock.hpp"
#include "tools/tandem/part.hpp"
#include "tools/tandem/problem.hpp"
#include "tools/tandem/screen.hpp"
#include "tools/tandem/state_folder.hpp"
#include "tools/tandem/stopping.hpp"
#include "tools/tandem/supervisor.hpp"

#include <algorithm>
#include <cstdio>
#include <fmt/format.h>
#include <iostream>
#include <optional>
#include <unistd.h>

namespace tandem::local {
namespace {

void stop_supervised(const Supervisor& supervisor, const Shop& shop, Screen& screen) {
    std::vector<std::string> applications;
    std::vector<std::string> infrastructure;
    for (const Part& part : all_parts(shop)) {
        (part.is_application ? applications : infrastructure).push_back(part.name);
    }
    const auto start = Clock::now();
    screen.status("  stopping the applications");
    stop_programs(supervisor, applications);
    screen.line(fmt::format("  stopped  the applications    {:>7}", elapsed_since(start)));
    screen.status("  stopping databases, broker, mail");
    std::erase(infrastructure, "epmd");
    stop_programs(supervisor, infrastructure);
    stop_programs(supervisor, {"epmd"}); // RabbitMQ has taken its leave of it
    // supervisord takes a second for each program that it knows when it ends.
    for (const ProgramState& program : supervisor.programs()) {
        supervisor.remove(program.name);
    }
    supervisor.shut_down();
    screen.line(fmt::format("  stopped  the infrastructure  {:>7}", elapsed_since(start)));
}

} // namespace

int down(const Shop& shop) {
    Screen screen;
    std::optional<Lock> lock;
    if (std::filesystem::exists(shop.state)) {
        lock.emplace(shop);
        const Supervisor supervisor(shop);
        if (supervisor.pid()) {
            stop_supervised(supervisor, shop, screen);
        }
    }
    stop_orphans(shop, screen);
    screen.line("Nothing runs.");
    return 0;
}

int reset(const Shop& shop, bool is_agreed) {
    refuse_foreign_folder(shop.state);
    if (!is_agreed) {
        if (::isatty(STDIN_FILENO) == 0) {
            give_up("nobody is there to agree: ./tandem reset --yes deletes the shop in {}",
                    shop.state.string());
        }
        fmt::print("This deletes every order, user and mail of the shop in {}. Type yes: ",
                   shop.state.string());
        std::fflush(stdout);
        std::string answer;
        std::getline(std::cin, answer);
        if (answer != "yes") {
            give_up("nothing was deleted");
        }
    }
    const int stopped = down(shop);
    remove_state(shop.state);
    return stopped;
}

} // namespace tandem::local
