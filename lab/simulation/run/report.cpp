#include "lab/simulation/run/report.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

namespace tandem::simulation {

void Summary::add(const Outcome& outcome) {
    ++runs_;
    tally_ += outcome.tally;
    virtual_time_ += outcome.virtual_time;
    std::ranges::transform(faults_, outcome.faults, faults_.begin(), std::plus());
}

std::string Summary::text() const {
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began_;
    const double cpu_s = static_cast<double>(std::clock() - cpu_began_) / CLOCKS_PER_SEC;
    std::string text;
    const auto out = std::back_inserter(text);
    fmt::format_to(out,
                   "{} runs in {:.1f} s, {:.1f} s of them on a core: {:.0f} a minute of a core; {:.1f} days "
                   "of the shop\n",
                   runs_,
                   took.count(),
                   cpu_s,
                   static_cast<double>(runs_) * 60 / cpu_s,
                   std::chrono::duration<double, std::ratio<86'400>>(virtual_time_).count());
    fmt::format_to(out,
                   "orders: {} paid, {} shipped, {} failed, {} cancelled; {} messages\n",
                   tally_.paid,
                   tally_.shipped,
                   tally_.failed,
                   tally_.cancelled,
                   tally_.messages);
    fmt::format_to(out, "faults:\n");
    for (std::size_t i = 0; i < fault_count; ++i) {
        fmt::format_to(out, "  {:<28}{:>10}\n", to_string(static_cast<Fault>(i)), faults_.at(i));
    }
    return text;
}

} // namespace tandem::simulation
