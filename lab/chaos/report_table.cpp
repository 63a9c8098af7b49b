#include "lab/chaos/findings.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

namespace tandem::lab {
namespace {

std::string seconds(const std::optional<double>& value) {
    return value ? fmt::format("{:.2f} s", std::max(*value, 0.0)) : std::string("never");
}

void add_totals(std::string& text, const ChaosFindings& findings) {
    const auto out = std::back_inserter(text);
    const Totals totals = totals_of(findings.visits);
    fmt::format_to(out,
                   "\n{}, seed {}, {} checkouts/s, {} s of faults\n\n",
                   findings.architecture,
                   findings.seed,
                   findings.rate_per_s,
                   findings.length_s);
    fmt::format_to(out, "  came       {:6}\n", totals.came);
    fmt::format_to(
        out, "  accepted   {:6}   promises on disk {}\n", totals.accepted, findings.promises_on_disk);
    fmt::format_to(out, "  confirmed  {:6}   still open {}\n", totals.confirmed, totals.open);
    fmt::format_to(out,
                   "  ambiguous  {:6}   then accepted {}, refused {}, never known {}\n",
                   totals.ambiguous,
                   totals.ambiguous_accepted,
                   totals.ambiguous_refused,
                   totals.ambiguous - totals.ambiguous_accepted - totals.ambiguous_refused);
    fmt::format_to(out, "  unknown    {:6}\n", totals.unknown);
    for (const auto& [reason, count] : totals.rejected) {
        fmt::format_to(out, "  rejected   {:6}   {}\n", count, reason);
    }
}

void add_faults(std::string& text, const ChaosFindings& findings) {
    const auto out = std::back_inserter(text);
    const Availability outside = outside_of(findings.faults, findings.visits);
    fmt::format_to(out,
                   "\n  {:>6} {:>6}  {:<28} {:>13} {:>10} {:>10}\n",
                   "begin",
                   "took",
                   "fault",
                   "available",
                   "accepted",
                   "paid");
    for (const FaultRecord& fault : findings.faults) {
        const FaultEffect effect = effect_of(fault, findings.visits);
        fmt::format_to(out,
                       "  {:6.1f} {:6.1f}  {:<28} {:5.1f} % of {:3} {:>10} {:>10}{}\n",
                       fault.begin_s,
                       fault.end_s - fault.begin_s,
                       fault.name,
                       100 * effect.during.share(),
                       effect.during.came,
                       seconds(effect.recovery_accepted_s),
                       seconds(effect.recovery_paid_s),
                       fault.problem.empty() ? "" : "  could not be done: " + fault.problem);
    }
    fmt::format_to(out,
                   "  {:13}  {:<28} {:5.1f} % of {:3}\n",
                   "",
                   "outside of all faults",
                   100 * outside.share(),
                   outside.came);
    text += "\n  accepted, paid: from the end of the cause until somebody who came after it was\n";
}

void add_verdict(std::string& text, const ChaosFindings& findings) {
    const auto out = std::back_inserter(text);
    fmt::format_to(out,
                   "\n  auditor: exit code {}, {}, {} violations; poison {} (dead letters before: {})\n",
                   findings.judgement.exit_code,
                   findings.judgement.calm,
                   findings.judgement.violations_found,
                   findings.poison,
                   findings.dead_letters_before);
    if (!findings.judgement.why_not.empty()) {
        fmt::format_to(out, "  the auditor could not look: {}\n", findings.judgement.why_not);
    }
    for (const std::string& violation : findings.judgement.violations) {
        fmt::format_to(out, "  VIOLATED: {}\n", violation);
    }
    fmt::format_to(out, "\n{}\n", sentence_of(findings.verdict));
}

} // namespace

std::string to_table(const ChaosFindings& findings) {
    std::string text;
    add_totals(text, findings);
    add_faults(text, findings);
    add_verdict(text, findings);
    return text;
}

} // namespace tandem::lab
