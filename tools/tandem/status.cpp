#include "tools/tandem/commands.hpp"
#include "tools/tandem/machine.hpp"
#include "tools/tandem/part.hpp"
#include "tools/tandem/problem.hpp"
#include "tools/tandem/readiness.hpp"
#include "tools/tandem/screen.hpp"
#include "tools/tandem/supervisor.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace tandem::local {
namespace {

constexpr auto row = "{:<17} {:<9} {:>8} {:>12} {:>9} {:>6}  {}\n";

std::string mebibytes(std::int64_t bytes) {
    return fmt::format("{:.1f} MiB", static_cast<double>(bytes) / (1024 * 1024));
}

void print_row(const Shop& shop, const Part& part, const ProgramState& program, bool ready) {
    const bool is_up = program.is_up() && program.pid > 0;
    std::string state = program.state.empty() ? "missing" : program.state;
    std::ranges::transform(
        state, state.begin(), [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
    fmt::print(row,
               part.name,
               state,
               is_up ? std::to_string(program.pid) : "",
               is_up ? duration_text(std::chrono::seconds(program.now_s - program.started_s)) : "",
               is_up ? mebibytes(memory_bytes(program.pid)) : "",
               shop.ports.of(part.ports.front()),
               ready ? "yes" : "no");
}

const Supervisor& running(const Supervisor& supervisor) {
    if (!supervisor.pid()) {
        give_up("nothing runs; ./tandem up starts it");
    }
    return supervisor;
}

} // namespace

int status(const Shop& shop) {
    const Supervisor supervisor(shop);
    if (!supervisor.pid()) {
        fmt::print("Nothing runs. ./tandem up starts it.\n");
        return 3;
    }
    const std::vector<ProgramState> programs = supervisor.programs();
    bool all_ready = true;
    fmt::print(row, "part", "state", "pid", "uptime", "memory", "port", "ready");
    for (const Part& part : all_parts(shop)) {
        const auto known = std::ranges::find(programs, part.name, &ProgramState::name);
        const ProgramState program = known == programs.end() ? ProgramState{} : *known;
        const bool ready = program.is_up() && is_ready(part.probe);
        all_ready = all_ready && ready;
        print_row(shop, part, program, ready);
    }
    return all_ready ? 0 : 1;
}

int print_pid(const Shop& shop, const std::string& part) {
    const Supervisor supervisor(shop);
    const ProgramState program = running(supervisor).program(find_part(all_parts(shop), part).name);
    if (program.pid == 0) {
        give_up("{} does not run", part);
    }
    fmt::print("{}\n", program.pid);
    return 0;
}

} // namespace tandem::local
