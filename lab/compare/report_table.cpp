#include "lab/compare/report.hpp"
#include "lab/compare/verdicts.hpp"

#include <fmt/format.h>

namespace tandem::lab {
namespace {

constexpr auto row = "  {:<30}{:>16}{:>16}  {}\n";

std::string errors_text(const Run& run) {
    std::string text;
    for (const auto& [kind, count] : run.sessions.errors) {
        text += fmt::format("  {}: {} times \"{}\"\n", run.architecture, count, kind);
    }
    return text;
}

std::string generator_text(const Run& run) {
    return fmt::format("  load generator against the {}: {:.0f} % of a core, sent at most {} late\n",
                       run.architecture,
                       run.generator_share() * 100,
                       ms_text(static_cast<double>(run.sessions.send_lag.max().count()) / 1'000));
}

std::string count_row(const char* name, std::uint64_t microservices, std::uint64_t monolith) {
    return fmt::format(row, name, microservices, monolith, "");
}

std::string side_by_side(const Comparison& comparison, const Run& microservices, const Run& monolith) {
    std::string text = fmt::format("\n{}\n", load_text(comparison.profile, microservices.rate));
    text += fmt::format(row, "", "microservices", "monolith", "better");
    text += count_row("Sessions", microservices.sessions.sent, monolith.sessions.sent);
    text += count_row("Orders accepted", microservices.sessions.accepted, monolith.sessions.accepted);
    text += count_row("Orders confirmed", microservices.sessions.confirmed, monolith.sessions.confirmed);
    const std::vector<Figure> all = figures(microservices, monolith);
    for (const Figure& figure : all) {
        text += fmt::format(row,
                            figure.name,
                            figure.microservices,
                            figure.monolith,
                            figure.winner.empty() ? "-" : figure.winner);
    }
    text += "\n" + errors_text(microservices) + errors_text(monolith);
    text += generator_text(microservices) + generator_text(monolith) + "\n";
    for (const Figure& figure : all) {
        text += "  " + figure.verdict + "\n";
    }
    return text;
}

} // namespace

std::string to_table(const Comparison& comparison) {
    std::string text =
        fmt::format("\nProfile {}: {}.\n", comparison.profile.name, comparison.profile.meaning);
    for (const double rate : comparison.rates()) {
        const Run* microservices = comparison.find("microservices", rate);
        const Run* monolith = comparison.find("monolith", rate);
        if (microservices != nullptr && monolith != nullptr) {
            text += side_by_side(comparison, *microservices, *monolith);
        }
    }
    return text;
}

} // namespace tandem::lab
