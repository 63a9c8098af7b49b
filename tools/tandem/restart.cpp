#include "tools/tandem/commands.hpp"
#include "tools/tandem/files.hpp"
#include "tools/tandem/lock.hpp"
#include "tools/tandem/part.hpp"
#include "tools/tandem/problem.hpp"
#include "tools/tandem/readiness.hpp"
#include "tools/tandem/screen.hpp"
#include "tools/tandem/stopping.hpp"

#include <thread>

namespace tandem::local {

int restart(const Shop& shop, const std::string& name) {
    using namespace std::chrono_literals;
    const std::vector<Part> parts = all_parts(shop);
    const Part& part = find_part(parts, name);
    const Supervisor supervisor(shop);
    if (!supervisor.pid()) {
        give_up("nothing runs; ./tandem up starts it");
    }
    const Lock lock(shop);
    Screen screen;
    const auto start = Clock::now();
    stop_programs(supervisor, {name});
    supervisor.start(name);
    while (!is_ready(part.probe)) {
        if (Clock::now() - start > 60s) {
            give_up("{} is not ready after a minute. The end of its log:\n{}",
                    name,
                    log_end(shop.log_of(name), 20));
        }
        screen.status(fmt::format("  {} waiting for {}", elapsed_since(start), name));
        std::this_thread::sleep_for(50ms);
    }
    screen.line(fmt::format("  ready    {:<17} {:>7}", name, elapsed_since(start)));
    return 0;
}

} // namespace tandem::local
