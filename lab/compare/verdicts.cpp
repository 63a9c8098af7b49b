#include "lab/compare/verdicts.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace tandem::lab {
namespace {

constexpr double worth_the_name = 1.05;

enum class Better { lower, higher };
using Text = std::string (*)(double);

struct Question {
    std::string name;
    Better better;
    Text text;
    const char* advantage; ///< "{} times {advantage}"
};

double ms(std::chrono::microseconds duration) {
    return static_cast<double>(duration.count()) / 1'000;
}

std::string rate_text(double rate) {
    return fmt::format("{:.2f}/s", rate);
}

std::string memory_text(double mib) {
    return fmt::format("{:.0f} MiB", mib);
}

std::string count_text(double count) {
    return fmt::format("{:.0f}", count);
}

std::string verdict(const Question& question, const Figure& figure, double best, double worst) {
    if (figure.winner.empty()) {
        return fmt::format("{}: no difference worth the name.", question.name);
    }
    const bool microservices_win = figure.winner == "microservices";
    const std::string times =
        best > 0 && worst > 0
            ? fmt::format(", {:.{}f} times {}", worst / best, worst / best < 10 ? 1 : 0, question.advantage)
            : "";
    return fmt::format("{}: the {} {}, {} against {}{}.",
                       question.name,
                       figure.winner,
                       microservices_win ? "win" : "wins",
                       microservices_win ? figure.microservices : figure.monolith,
                       microservices_win ? figure.monolith : figure.microservices,
                       times);
}

Figure compared(const Question& question, double microservices, double monolith) {
    Figure figure{.name = question.name,
                  .microservices = question.text(microservices),
                  .monolith = question.text(monolith)};
    const double low = std::min(microservices, monolith);
    const double high = std::max(microservices, monolith);
    if (high > low * worth_the_name) {
        const bool microservices_win = (microservices < monolith) == (question.better == Better::lower);
        figure.winner = microservices_win ? "microservices" : "monolith";
    }
    figure.verdict = verdict(question, figure, low, high);
    return figure;
}

std::uint64_t errors_of(const Run& run) {
    std::uint64_t count = 0;
    for (const auto& [kind, times] : run.sessions.errors) {
        count += times;
    }
    return count;
}

void add_latencies(std::vector<Figure>& all,
                   const std::string& name,
                   const Histogram& microservices,
                   const Histogram& monolith) {
    const auto add = [&](std::string_view which, double ours, double theirs) {
        all.push_back(
            compared({fmt::format("{}, {}", name, which), Better::lower, &ms_text, "faster"}, ours, theirs));
    };
    for (const auto& [which, share] :
         {std::pair{"p50", 0.5}, std::pair{"p90", 0.9}, std::pair{"p99", 0.99}}) {
        add(which, ms(microservices.quantile(share)), ms(monolith.quantile(share)));
    }
    add("max", ms(microservices.max()), ms(monolith.max()));
}

} // namespace

std::string ms_text(double ms) {
    if (ms >= 1'000) {
        return fmt::format("{:.2f} s", ms / 1'000);
    }
    return fmt::format("{:.{}f} ms", ms, ms < 10 ? 2 : ms < 100 ? 1 : 0);
}

std::string bytes_text(double bytes) {
    return bytes < 1024 ? fmt::format("{:.0f} B", bytes) : fmt::format("{:.1f} KiB", bytes / 1024);
}

std::vector<Figure> figures(const Run& microservices, const Run& monolith) {
    std::vector<Figure> all;
    const Sessions& ours = microservices.sessions;
    const Sessions& theirs = monolith.sessions;
    const auto add =
        [&all](const char* name, Better better, Text text, const char* advantage, double a, double b) {
            all.push_back(compared({name, better, text, advantage}, a, b));
        };
    if (ours.accepted > 0 && theirs.accepted > 0) {
        add_latencies(all, "Time to accepted", ours.time_to_accepted, theirs.time_to_accepted);
    }
    if (ours.confirmed > 0 && theirs.confirmed > 0) {
        add_latencies(all, "Time to confirmed", ours.time_to_confirmed, theirs.time_to_confirmed);
    }
    add("Orders sustained",
        Better::higher,
        &rate_text,
        "as many",
        ours.orders_per_s(),
        theirs.orders_per_s());
    add("Errors",
        Better::lower,
        &count_text,
        "fewer",
        static_cast<double>(errors_of(microservices)),
        static_cast<double>(errors_of(monolith)));
    if (ours.accepted > 0 && theirs.accepted > 0) {
        const ByKind cpu = microservices.cpu_ms_per_order();
        const ByKind other = monolith.cpu_ms_per_order();
        add("CPU per order, all", Better::lower, &ms_text, "less", cpu.total(), other.total());
        add("CPU per order, shop programs", Better::lower, &ms_text, "less", cpu.shop, other.shop);
        add("CPU per order, databases", Better::lower, &ms_text, "less", cpu.databases, other.databases);
        add("CPU per order, broker", Better::lower, &ms_text, "less", cpu.broker, other.broker);
        const double wal = microservices.per_order(static_cast<double>(microservices.wal_bytes));
        const double other_wal = monolith.per_order(static_cast<double>(monolith.wal_bytes));
        add("WAL per order", Better::lower, &bytes_text, "less", wal, other_wal);
    }
    add("Peak memory",
        Better::lower,
        &memory_text,
        "less",
        microservices.memory_peak_mib.total(),
        monolith.memory_peak_mib.total());
    return all;
}

} // namespace tandem::lab
