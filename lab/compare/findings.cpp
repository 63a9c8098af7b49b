#include "lab/compare/findings.hpp"

#include <algorithm>
#include <fstream>
#include <numeric>
#include <ranges>
#include <sys/utsname.h>
#include <thread>
#include <unistd.h>

namespace tandem::lab {
namespace {

std::string processor_name() {
    std::ifstream file("/proc/cpuinfo");
    for (std::string line; std::getline(file, line);) {
        const auto colon = line.find(": ");
        if (line.starts_with("model name") && colon != std::string::npos) {
            return line.substr(colon + 2);
        }
    }
    return "unknown processor";
}

/// Without what its builder has called it.
std::string version(std::string_view release) {
    return std::string(release.substr(0, release.find('-')));
}

} // namespace

double Sessions::orders_per_s() const {
    return last_confirmed_s > 0 ? static_cast<double>(confirmed) / last_confirmed_s : 0;
}

std::uint64_t Sessions::error_count() const {
    const auto counts = errors | std::views::values;
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

double Run::per_order(double amount) const {
    return sessions.accepted == 0 ? 0 : amount / static_cast<double>(sessions.accepted);
}

ByKind Run::cpu_ms_per_order() const {
    return {
        per_order(cpu_s.shop * 1'000), per_order(cpu_s.databases * 1'000), per_order(cpu_s.broker * 1'000)};
}

double Run::generator_share() const {
    return length_s > 0 ? generator_cpu_s / length_s : 0;
}

Machine this_machine() {
    utsname names{};
    ::uname(&names);
    const double bytes =
        static_cast<double>(::sysconf(_SC_PHYS_PAGES)) * static_cast<double>(::sysconf(_SC_PAGESIZE));
    return {.processor = processor_name(),
            .cores = static_cast<int>(std::thread::hardware_concurrency()),
            .memory_gib = bytes / (1024.0 * 1024 * 1024),
            .system = std::string(names.sysname) + " " + version(names.release)};
}

std::vector<Pair> Comparison::pairs() const {
    std::vector<Pair> all;
    for (const Run& run : runs) {
        const auto other = std::ranges::find_if(
            runs, [&](const Run& each) { return each.architecture == "monolith" && each.load == run.load; });
        if (run.architecture == "microservices" && other != runs.end()) {
            all.push_back({run, *other});
        }
    }
    return all;
}

} // namespace tandem::lab
