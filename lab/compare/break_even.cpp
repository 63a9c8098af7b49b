#include "lab/compare/break_even.hpp"

#include "lab/compare/verdicts.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace tandem::lab {
namespace {

constexpr double turned_away_share_max = 0.01;

double p50_ms(const Histogram& histogram) {
    return static_cast<double>(histogram.quantile(0.5).count()) / 1'000;
}

std::uint64_t turned_away(const Run& run) {
    return run.sessions.sent - run.sessions.accepted;
}

bool keeps_up(const Run& run) {
    return static_cast<double>(turned_away(run)) <=
           turned_away_share_max * static_cast<double>(run.sessions.sent);
}

CellSide side_of(const Run& run) {
    return {.accepted_ms = p50_ms(run.sessions.time_to_accepted),
            .confirmed_ms = p50_ms(run.sessions.time_to_confirmed),
            .cpu_ms = run.cpu_ms_per_order().total(),
            .keeps_up = keeps_up(run)};
}

std::string better_of(const Cell& cell) {
    if (cell.microservices.keeps_up != cell.monolith.keeps_up) {
        return cell.microservices.keeps_up ? "microservices" : "monolith";
    }
    if (!cell.monolith.keeps_up) {
        return "";
    }
    if (cell.gain_ms() >= noticed_ms) {
        return "microservices";
    }
    return compared({"", Better::lower, &ms_text, ""}, cell.microservices.cpu_ms, cell.monolith.cpu_ms)
        .winner;
}

/// Where the straight line between two gains reaches what is noticed; the longer delay when it does not,
/// since one of the two was decided by a shop that did not keep up.
double crossing_ms(const Cell& shorter, const Cell& longer) {
    if (shorter.gain_ms() >= noticed_ms || longer.gain_ms() < noticed_ms) {
        return longer.load.payment_delay_ms;
    }
    const double share = (noticed_ms - shorter.gain_ms()) / (longer.gain_ms() - shorter.gain_ms());
    return shorter.load.payment_delay_ms +
           share * (longer.load.payment_delay_ms - shorter.load.payment_delay_ms);
}

std::string cost_text(const Cell& cell) {
    const double later_ms = cell.microservices.confirmed_ms - cell.monolith.confirmed_ms;
    return fmt::format(
        " What it costs, with {} ms: {} of CPU per order against {}, and an order is confirmed {} {}.",
        cell.load.payment_delay_ms,
        ms_text(cell.microservices.cpu_ms),
        ms_text(cell.monolith.cpu_ms),
        ms_text(std::abs(later_ms)),
        later_ms >= 0 ? "later" : "sooner");
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

std::string overload(const Run& run) {
    const bool is_monolith = run.architecture == "monolith";
    return fmt::format(
        "At {} orders/s and a payment delay of {} ms the {} {} not keep up: {} of {} customers are "
        "turned away.",
        run.load.rate,
        run.load.payment_delay_ms,
        run.architecture,
        is_monolith ? "does" : "do",
        turned_away(run),
        run.sessions.sent);
}

} // namespace

std::vector<Cell> cells_of(const Comparison& comparison) {
    std::vector<Cell> cells;
    for (const auto& [microservices, monolith] : comparison.pairs()) {
        Cell cell{.load = microservices.load,
                  .microservices = side_of(microservices),
                  .monolith = side_of(monolith),
                  .better = {}};
        cell.better = better_of(cell);
        cells.push_back(std::move(cell));
    }
    std::ranges::sort(
        cells, {}, [](const Cell& cell) { return std::pair(cell.load.payment_delay_ms, cell.load.rate); });
    return cells;
}

std::string break_even_definition() {
    return fmt::format(
        "The microservices pay off where a typical customer (p50) has the checkout's answer sooner by {} ms "
        "or "
        "more, which people notice, or where the monolith does not keep up: turns away more than one "
        "customer in "
        "a hundred. Elsewhere the shop that needs less CPU per order is the better one. The break-even of a "
        "rate is "
        "the payment delay from which on they pay off at every longer one too; between two measured delays, "
        "where a straight line through what they gain reaches {} ms.",
        noticed_ms,
        noticed_ms);
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
                sentences.push_back(overload(*run));
            }
        }
    }
    return sentences;
}

} // namespace tandem::lab
