#include "tools/tandem/commands.hpp"
#include "tools/tandem/files.hpp"
#include "tools/tandem/lock.hpp"
#include "tools/tandem/part.hpp"
#include "tools/tandem/problem.hpp"
#include "tools/tandem/readiness.hpp"
#include "tools/tandem/screen.hpp"
#include "tools/tandem/stopping.hpp"

#include <csignal>
#include <thread>

namespace tandem::local {

namespace {

using namespace std::chrono_literals;

/// Throws Problem when the part is unknown, or when the shop does not run.
Part part_of_running(const Shop& shop, const std::string& name) {
    const std::vector<Part> parts = all_parts(shop);
    const Part& part = find_part(parts, name);
    if (!Supervisor(shop).pid()) {
        give_up("nothing runs; ./tandem up starts it");
    }
    return part;
}

void start_and_wait(const Shop& shop, const Part& part, Screen& screen) {
    const auto start = Clock::now();
    Supervisor(shop).start(part.name);
    while (!is_ready(part.probe)) {
        if (Clock::now() - start > 60s) {
            give_up("{} is not ready after a minute. The end of its log:\n{}",
                    part.name,
                    log_end(shop.log_of(part.name), 20));
        }
        screen.status(fmt::format("  {} waiting for {}", elapsed_since(start), part.name));
        std::this_thread::sleep_for(50ms);
    }
    screen.line(fmt::format("  ready    {:<17} {:>7}", part.name, elapsed_since(start)));
}

} // namespace

int restart(const Shop& shop, const std::string& name) {
    const Part part = part_of_running(shop, name);
    const Lock lock(shop);
    Screen screen;
    stop_programs(Supervisor(shop), {name});
    start_and_wait(shop, part, screen);
    return 0;
}

int start_part(const Shop& shop, const std::string& name) {
    const Part part = part_of_running(shop, name);
    const Lock lock(shop);
    Screen screen;
    start_and_wait(shop, part, screen);
    return 0;
}

int stop_part(const Shop& shop, const std::string& name, Stopping how) {
    const Part part = part_of_running(shop, name);
    const Lock lock(shop);
    Screen screen;
    const auto start = Clock::now();
    const Supervisor supervisor(shop);
    const pid_t pid = supervisor.program(part.name).pid;
    supervisor.stop(part.name); // first, or it would be started again
    if (how == Stopping::at_once && pid > 0) {
        ::kill(pid, SIGKILL);
    }
    stop_programs(supervisor, {part.name});
    screen.line(fmt::format("  stopped  {:<17} {:>7}", part.name, elapsed_since(start)));
    return 0;
}

} // namespace tandem::local
