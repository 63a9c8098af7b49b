#include "lab/compare/break_even.hpp"
#include "lab/compare/outage_story.hpp"
#include "lab/compare/report.hpp"
#include "lab/compare/verdicts.hpp"

#include <fmt/format.h>

namespace tandem::lab {
namespace {

constexpr auto row = "  {:<34}{:>15}{:>15}  {}\n";
constexpr auto grid_row = "  {:<34}{:>15}{:>15}{:>12}  {}\n";

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

std::string lines(const std::vector<std::string>& sentences) {
    std::string text;
    for (const std::string& sentence : sentences) {
        text += fmt::format("  {}\n", sentence);
    }
    return text;
}

std::string gave_up_text(const Profile& profile, const Run& run) {
    return run.sessions.gave_up == 0
               ? ""
               : fmt::format(
                     "  {} customers of the {} had no answer within {} s: no latency above holds them\n",
                     run.sessions.gave_up,
                     run.architecture,
                     patience_with_answers(profile).count());
}

std::string side_by_side(const Profile& profile, const Pair& pair) {
    const auto& [microservices, monolith] = pair;
    std::string text = fmt::format("\n{}\n", load_text(profile, microservices.load));
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
    text += gave_up_text(profile, microservices) + gave_up_text(profile, monolith);
    text += generator_text(microservices) + generator_text(monolith);
    const std::vector<std::string> story = outage_story(profile, pair);
    return text + (story.empty() ? "" : "\n" + lines(story)) + "\n" + lines(summary(microservices, monolith));
}

std::string kept_up(const CellSide& side) {
    return ms_text(side.accepted_ms) + (side.keeps_up ? "" : " *");
}

std::string cpu_ratio(const Cell& cell) {
    return cell.monolith.cpu_ms > 0 ? fmt::format("{:.1f}", cell.microservices.cpu_ms / cell.monolith.cpu_ms)
                                    : "-";
}

std::string grid(const Comparison& comparison) {
    const std::vector<Cell> cells = cells_of(comparison);
    std::string text = "\nTime to accepted, p50\n";
    text += fmt::format(grid_row, "", "microservices", "monolith", "CPU ratio", "better");
    for (const Cell& cell : cells) {
        text += fmt::format(grid_row,
                            load_text(comparison.profile, cell.load),
                            kept_up(cell.microservices),
                            kept_up(cell.monolith),
                            cpu_ratio(cell),
                            cell.better.empty() ? "-" : cell.better);
    }
    text += "  * does not keep up. CPU ratio: CPU per order, microservices over monolith.\n\n";
    for (const BreakEven& each : break_evens(cells)) {
        text += fmt::format("  {}\n", each.sentence);
    }
    return text + lines(overloads(comparison)) + "\n" + lines({break_even_definition()});
}

} // namespace

std::string to_table(const Comparison& comparison) {
    const Profile& profile = comparison.profile;
    std::string text = fmt::format("\nProfile {}: {}.\n", profile.name, profile.meaning);
    if (comparison.is_interrupted) {
        text += "Interrupted: some loads are missing.\n";
    }
    if (profile.sweeps()) {
        return text + grid(comparison);
    }
    for (const Pair& pair : comparison.pairs()) {
        text += side_by_side(profile, pair);
    }
    return text;
}

} // namespace tandem::lab
