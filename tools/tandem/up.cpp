#include "tools/tandem/commands.hpp"
#include "tools/tandem/databases.hpp"
#include "tools/tandem/files.hpp"
#include "tools/tandem/lock.hpp"
#include "tools/tandem/machine.hpp"
#include "tools/tandem/part.hpp"
#include "tools/tandem/problem.hpp"
#include "tools/tandem/readiness.hpp"
#include "tools/tandem/screen.hpp"
#include "tools/tandem/stopping.hpp"
#include "tools/tandem/supervisor.hpp"
#include "tools/tandem/supervisor_config.hpp"
#include "tools/tandem/welcome.hpp"

#include <algorithm>
#include <future>
#include <thread>
#include <unistd.h>

namespace tandem::local {
namespace {

using namespace std::chrono_literals;

constexpr int log_lines_shown = 20;

void refuse_missing_programs(const std::vector<Part>& parts) {
    for (const Part& part : parts) {
        if (!part.program.empty() && !std::filesystem::exists(part.program)) {
            give_up("{} of {} is not built: ./tandem build release shop", part.program.string(), part.name);
        }
    }
}

void refuse_taken_ports(const Shop& shop,
                        const std::vector<Part>& parts,
                        const std::vector<ProgramState>& running) {
    std::string complaints;
    for (const Part& part : parts) {
        const auto known = std::ranges::find(running, part.name, &ProgramState::name);
        if (known != running.end() && known->is_up()) {
            continue;
        }
        for (const std::string& key : part.ports) {
            if (const auto listener = listener_on(shop.ports.of(key))) {
                complaints += fmt::format("Port {} of {} is taken by {}: set {} to another port.\n",
                                          shop.ports.of(key),
                                          key,
                                          listener->pid == 0
                                              ? "a process of another user"
                                              : fmt::format("pid {} ({})", listener->pid, listener->command),
                                          Ports::variable(key));
            }
        }
    }
    if (!complaints.empty()) {
        give_up("{}Or move every port at once, for instance TANDEM_PORT_OFFSET=10000. Variables can be set "
                "in .env.",
                complaints);
    }
}

/// Brings a running supervisord in line with the configuration just written.
void apply_changes(const Supervisor& supervisor, const std::vector<Part>& parts, Screen& screen) {
    const ConfigChanges changes = supervisor.reload_config();
    std::vector<std::string> leaving = changes.changed;
    leaving.insert(leaving.end(), changes.removed.begin(), changes.removed.end());
    for (const ProgramState& program : supervisor.programs()) {
        const auto part = std::ranges::find(parts, program.name, &Part::name);
        const bool is_rebuilt = part != parts.end() && !part->program.empty() && program.is_up() &&
                                modified_s(part->program) > program.started_s;
        if (is_rebuilt && std::ranges::find(leaving, program.name) == leaving.end()) {
            screen.line(fmt::format("  restart  {:<17} its program was built anew", program.name));
            stop_programs(supervisor, {program.name});
        }
    }
    for (const std::string& name : changes.changed) {
        screen.line(fmt::format("  restart  {:<17} its configuration has changed", name));
    }
    stop_programs(supervisor, leaving);
    for (const std::string& name : leaving) {
        supervisor.remove(name);
    }
    for (const auto* names : {&changes.added, &changes.changed}) {
        std::ranges::for_each(*names, [&](const std::string& name) { supervisor.add(name); });
    }
}

/// Each database as soon as its directory exists; RabbitMQ boots meanwhile.
void start_all(const Shop& shop, const Supervisor& supervisor, const std::vector<Part>& parts) {
    std::vector<std::future<void>> databases;
    for (const Part& part : parts) {
        if (!part.database.empty()) {
            databases.push_back(std::async(
                std::launch::async, [&shop, service = part.database] { create_database(shop, service); }));
        }
    }
    std::ranges::for_each(databases, [](std::future<void>& each) { each.get(); });
    for (const ProgramState& program : supervisor.programs()) {
        if (!program.is_up()) {
            supervisor.start(program.name);
        }
    }
}

[[noreturn]] void
report_failure(const Shop& shop, const std::vector<Part>& waiting, const std::string& when) {
    std::string text;
    for (const Part& part : waiting) {
        text += fmt::format("{} is not ready {}. The end of its log:\n{}\nMore: ./tandem logs {}\n\n",
                            part.name,
                            when,
                            log_end(shop.log_of(part.name), log_lines_shown),
                            part.name);
    }
    give_up("{}What runs was left running; ./tandem down stops it.", text);
}

/// Parts that end again and again.
std::vector<Part> failing(const Supervisor& supervisor, const std::vector<Part>& waiting) {
    std::vector<Part> found;
    for (const ProgramState& program : supervisor.programs()) {
        const auto part = std::ranges::find(waiting, program.name, &Part::name);
        if (part != waiting.end() && (program.state == "FATAL" || program.state == "BACKOFF")) {
            found.push_back(*part);
        }
    }
    return found;
}

void wait_until_ready(const Shop& shop,
                      const Supervisor& supervisor,
                      std::vector<Part> waiting,
                      Clock::time_point start,
                      Screen& screen) {
    const auto timeout = std::chrono::seconds(shop.variables.integer("TANDEM_UP_TIMEOUT_S", 120, 1, 3600));
    constexpr auto patience_with_failures = 20s;
    while (!waiting.empty()) {
        std::erase_if(waiting, [&](const Part& part) {
            const bool ready = is_ready(part.probe);
            if (ready) {
                screen.line(fmt::format("  ready    {:<17} {:>7}", part.name, elapsed_since(start)));
            }
            return ready;
        });
        std::vector<std::string> names;
        std::ranges::transform(waiting, std::back_inserter(names), &Part::name);
        screen.status(fmt::format("  {} waiting for {}", elapsed_since(start), fmt::join(names, ", ")));
        const auto waited = Clock::now() - start;
        if (!waiting.empty() && waited > timeout) {
            report_failure(shop, waiting, "after " + elapsed_since(start));
        }
        if (const auto broken = failing(supervisor, waiting);
            !broken.empty() && waited > patience_with_failures) {
            report_failure(shop, broken, "and keeps ending");
        }
        std::this_thread::sleep_for(waiting.empty() ? 0ms : 100ms);
    }
}

} // namespace

int up(const Shop& shop) {
    const Lock lock(shop);
    Screen screen;
    const auto start = Clock::now();
    const std::vector<Part> parts = all_parts(shop);
    refuse_missing_programs(parts);
    const Supervisor supervisor(shop);
    const bool was_running = supervisor.pid().has_value();
    if (!was_running) {
        stop_orphans(shop, screen);
    }
    refuse_taken_ports(shop, parts, was_running ? supervisor.programs() : std::vector<ProgramState>{});
    write_configuration(shop, parts);
    if (was_running) {
        apply_changes(supervisor, parts, screen);
    } else {
        supervisor.launch();
    }
    start_all(shop, supervisor, parts);
    wait_until_ready(shop, supervisor, parts, start, screen);
    write_shop_file(shop);
    screen.line(fmt::format("\nEverything is ready after {}.\n{}", elapsed_since(start), welcome_text(shop)));
    return 0;
}

} // namespace tandem::local
