#include "lab/compare/break_even.hpp"

#include "lab/compare/verdicts.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace tandem::lab {
namespace {

constexpr double turned_away_share_max = 0.01;

double p50_ms(const Run& run) {
    return static_cast<double>(run.sessions.time_to_accepted.quantile(0.5).count()) / 1'000;
}

std::uint64_t turned_away(const Run& run) {
    return run.sessions.sent - run.sessions.accepted;
}

bool keeps_up(const Run& run) {
    return static_cast<double>(turned_away(run)) <=
           turned_away_share_max * static_cast<double>(run.sessions.sent);
}

std::string better_of(const Cell& cell) {
    if (cell.microservices_keep_up != cell.monolith_keeps_up) {
        return cell.microservices_keep_up ? "microservices" : "monolith";
    }
    if (!cell.monolith_keeps_up) {
        return "";
    }
    return compared({"", Better::lower, &ms_text, ""}, cell.microservices_ms, cell.monolith_ms).winner;
}

/// Where the straight lines between two loads cross; the longer delay when they do not, since the shorter one
/// was decided by a shop that did not keep up, or by less than 5 %.
double crossing_ms(const Cell& shorter, const Cell& longer) {
    const double lead_before = shorter.monolith_ms - shorter.microservices_ms;
    const double lead_after = longer.monolith_ms - longer.microservices_ms;
    if (lead_before >= 0 || lead_after <= 0) {
        return longer.load.payment_delay_ms;
    }
    const double share = -lead_before / (lead_after - lead_before);
    return shorter.load.payment_delay_ms +
           share * (longer.load.payment_delay_ms - shorter.load.payment_delay_ms);
}

std::string cost_text(const Cell& cell) {
    if (cell.cpu_ratio <= 0) {
        return "";
    }
    return fmt::format(" With {} ms an order then costs them {:.1f} times the monolith's CPU.",
                       cell.load.payment_delay_ms,
                       cell.cpu_ratio);
}

BreakEven break_even_at(double rate, const std::vector<Cell>& cells) {
    BreakEven found{.rate = rate, .payment_delay_ms = {}, .sentence = {}};
    const auto last_lost = std::ranges::find_if(
        cells.rbegin(), cells.rend(), [](const Cell& cell) { return cell.better != "microservices"; });
    const auto first_won = last_lost.base();
    if (first_won == cells.end()) {
        found.sentence = fmt::format(
            "At {} orders/s the microservices do not pay off within the measured payment delays.", rate);
        return found;
    }
    if (first_won == cells.begin()) {
        found.payment_delay_ms = first_won->load.payment_delay_ms;
        found.sentence = fmt::format("At {} orders/s the microservices pay off at every measured payment "
                                     "delay, the shortest being {} ms.",
                                     rate,
                                     first_won->load.payment_delay_ms);
    } else {
        found.payment_delay_ms = crossing_ms(*std::prev(first_won), *first_won);
        found.sentence = fmt::format(
            "At {} orders/s the microservices pay off from a payment delay of about {:.0f} ms on.",
            rate,
            *found.payment_delay_ms);
    }
    found.sentence += cost_text(*first_won);
    return found;
}

std::string overload(const Profile& profile, const Run& run) {
    const bool is_monolith = run.architecture == "monolith";
    return fmt::format("{}: the {} {} not keep up and {} {} of {} customers away.",
                       load_text(profile, run.load),
                       run.architecture,
                       is_monolith ? "does" : "do",
                       is_monolith ? "turns" : "turn",
                       turned_away(run),
                       run.sessions.sent);
}

} // namespace

std::vector<Cell> cells_of(const Comparison& comparison) {
    std::vector<Cell> cells;
    for (const auto& [microservices, monolith] : comparison.pairs()) {
        const double other_cpu = monolith.cpu_ms_per_order().total();
        Cell cell{.load = microservices.load,
                  .microservices_ms = p50_ms(microservices),
                  .monolith_ms = p50_ms(monolith),
                  .microservices_keep_up = keeps_up(microservices),
                  .monolith_keeps_up = keeps_up(monolith),
                  .cpu_ratio = other_cpu > 0 ? microservices.cpu_ms_per_order().total() / other_cpu : 0,
                  .better = {}};
        cell.better = better_of(cell);
        cells.push_back(std::move(cell));
    }
    std::ranges::sort(
        cells, {}, [](const Cell& cell) { return std::pair(cell.load.payment_delay_ms, cell.load.rate); });
    return cells;
}

std::string break_even_definition() {
    return "A shop keeps up when it turns away no more than one customer in a hundred. If only one keeps up, "
           "it "
           "is the better one; if both do, it is the one whose typical customer (p50) has the checkout's "
           "answer sooner, "
           "by 5 % or more. The microservices pay off from the payment delay on from which they are better "
           "at "
           "every longer one too; between two measured delays, where straight lines through the times cross.";
}

std::vector<BreakEven> break_evens(const std::vector<Cell>& cells) {
    std::vector<double> rates;
    for (const Cell& cell : cells) {
        rates.push_back(cell.load.rate);
    }
    std::ranges::sort(rates);
    const auto repeated = std::ranges::unique(rates);
    rates.erase(repeated.begin(), repeated.end());
    std::vector<BreakEven> all;
    for (const double rate : rates) {
        std::vector<Cell> at_rate;
        std::ranges::copy_if(
            cells, std::back_inserter(at_rate), [rate](const Cell& cell) { return cell.load.rate == rate; });
        all.push_back(break_even_at(rate, at_rate));
    }
    return all;
}

std::vector<std::string> overloads(const Comparison& comparison) {
    std::vector<std::string> sentences;
    for (const Pair& pair : comparison.pairs()) {
        for (const Run* run : {&pair.microservices, &pair.monolith}) {
            if (!keeps_up(*run)) {
                sentences.push_back(overload(comparison.profile, *run));
            }
        }
    }
    return sentences;
}

} // namespace tandem::lab
