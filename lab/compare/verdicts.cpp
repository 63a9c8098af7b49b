#include "lab/compare/verdicts.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tandem::lab {
namespace {

constexpr double worth_the_name = 1.05;
constexpr std::array<std::string_view, 5> details{
    ", p90", ", max", ", shop programs", ", databases", ", broker"};

double ms(std::chrono::microseconds duration) {
    return static_cast<double>(duration.count()) / 1'000;
}

std::string rate_text(double rate) {
    return fmt::format("{:.2f}/s", rate);
}

std::string memory_text(double mib) {
    return fmt::format("{:.0f} MiB", mib);
}

std::string percent_text(double share) {
    return fmt::format("{:.0f} %", share * 100);
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

void add_outage(std::vector<Figure>& all, const Run& microservices, const Run& monolith) {
    const OutageEffect ours = effect_of(*microservices.outage, microservices.sessions.visits);
    const OutageEffect theirs = effect_of(*monolith.outage, monolith.sessions.visits);
    const auto add = [&all](const char* name, double a, double b) {
        all.push_back(compared({name, Better::higher, &percent_text, "as many"}, a, b));
    };
    add("Customers served in the outage", ours.during.accepted_share(), theirs.during.accepted_share());
    add("Their orders confirmed in the end", ours.during.confirmed_share(), theirs.during.confirmed_share());
    add("Customers served after it", ours.after.accepted_share(), theirs.after.accepted_share());
}

std::string only_of_the_served(const Run& run) {
    return fmt::format(
        "Of the {} customers who came to the {}, {} were served; its times and costs per order "
        "are those of these.",
        run.sessions.sent,
        run.architecture,
        run.sessions.accepted);
}

/// "p50 (12.0 ms against 3.02 s)"
std::string won(const Figure& figure) {
    const bool microservices_win = figure.winner == "microservices";
    return fmt::format("{} ({} against {})",
                       figure.name,
                       microservices_win ? figure.microservices : figure.monolith,
                       microservices_win ? figure.monolith : figure.microservices);
}

} // namespace

bool Figure::is_headline() const {
    return std::ranges::none_of(details, [this](std::string_view end) { return name.ends_with(end); });
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
    const auto add = [&all](const char* name,
                            Better better,
                            std::string (*text)(double),
                            const char* advantage,
                            double a,
                            double b) { all.push_back(compared({name, better, text, advantage}, a, b)); };
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
        static_cast<double>(ours.error_count()),
        static_cast<double>(theirs.error_count()));
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
    if (microservices.outage && monolith.outage) {
        add_outage(all, microservices, monolith);
    }
    return all;
}

std::vector<std::string> summary(const Run& microservices, const Run& monolith) {
    const std::vector<Figure> all = figures(microservices, monolith);
    std::vector<std::string> sentences;
    for (const auto& [shop, verb] : {std::pair{"microservices", "win"}, std::pair{"monolith", "wins"}}) {
        std::vector<std::string> wins;
        for (const Figure& figure : all) {
            if (figure.winner == shop && figure.is_headline()) {
                wins.push_back(won(figure));
            }
        }
        if (!wins.empty()) {
            sentences.push_back(fmt::format("The {} {}: {}.", shop, verb, fmt::join(wins, "; ")));
        }
    }
    for (const Run* run : {&microservices, &monolith}) {
        if (run->sessions.accepted < run->sessions.sent) {
            sentences.push_back(only_of_the_served(*run));
        }
    }
    return sentences;
}

} // namespace tandem::lab
