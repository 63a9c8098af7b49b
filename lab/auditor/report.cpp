#include "lab/auditor/report.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace tandem::audit {
namespace {

constexpr std::size_t shown_max = 20;

/// What cannot be judged of a law while the shop works.
bool needs_rest(Law law) {
    return law != Law::history;
}

std::string verdict_text(const Audit& audit, Law law) {
    const std::int64_t found = audit.findings.violations(law, audit.calm);
    if (found > 0) {
        return fmt::format("VIOLATED {} time{}", found, found == 1 ? "" : "s");
    }
    if (audit.calm != Calm::at_rest && needs_rest(law)) {
        return law == Law::rest ? "not at rest" : "holds where it can be judged without rest";
    }
    return "holds";
}

std::string counts_text(const Audit& audit, Law law) {
    std::vector<std::string> parts;
    for (const auto& [what, count] : audit.findings.counts(law)) {
        parts.push_back(fmt::format("{} {}", count, what));
    }
    return fmt::format("{}", fmt::join(parts, ", "));
}

void add_violations(std::string& text, const Audit& audit, Law law) {
    const auto kept = audit.findings.kept(law, audit.calm);
    const std::int64_t found = audit.findings.violations(law, audit.calm);
    const std::size_t shown = std::min(kept.size(), shown_max);
    if (shown == 0) {
        return;
    }
    text += fmt::format("\nLaw {}, {}:\n", static_cast<int>(law), title_of(law));
    for (std::size_t i = 0; i < shown; ++i) {
        text += fmt::format("  {} [{}]\n", kept[i]->sentence, kept[i]->kind);
        for (const Fact& fact : kept[i]->evidence) {
            text += fmt::format("      {}: {}\n", fact.name, fact.value);
        }
    }
    if (found > static_cast<std::int64_t>(shown)) {
        text += fmt::format("  ... and {} more; --json shows more of them\n",
                            found - static_cast<std::int64_t>(shown));
    }
}

std::string calm_text(const Audit& audit) {
    const double waited_s = static_cast<double>(audit.waited.count()) / 1000;
    switch (audit.calm) {
    case Calm::at_rest:
        return "at rest";
    case Calm::moving:
        return fmt::format("NOT at rest: {}; --wait-ms waits for rest", audit.what_moves);
    case Calm::stuck:
        return fmt::format("did NOT come to rest in {:.1f} s: {}", waited_s, audit.what_moves);
    }
    std::unreachable();
}

} // namespace

std::string_view to_string(Verdict verdict) {
    switch (verdict) {
    case Verdict::lawful:
        return "lawful";
    case Verdict::violated:
        return "violated";
    case Verdict::unjudged:
        return "unjudged";
    }
    std::unreachable();
}

Verdict verdict_of(const std::vector<Audit>& audits) {
    if (std::ranges::any_of(audits, [](const Audit& audit) { return audit.violations() > 0; })) {
        return Verdict::violated;
    }
    const bool all_at_rest =
        std::ranges::all_of(audits, [](const Audit& audit) { return audit.calm == Calm::at_rest; });
    return all_at_rest ? Verdict::lawful : Verdict::unjudged;
}

std::string to_table(const Audit& audit) {
    std::string text = fmt::format("The {}, {}. Read in {:.1f} s.\n\n",
                                   audit.architecture,
                                   calm_text(audit),
                                   static_cast<double>(audit.took.count()) / 1000);
    for (const Law law : laws) {
        text +=
            fmt::format("  {} {:<52} {}\n", static_cast<int>(law), title_of(law), verdict_text(audit, law));
        text += fmt::format("      looked at {}\n", counts_text(audit, law));
        for (const std::string& note : audit.findings.notes(law)) {
            text += fmt::format("      {}\n", note);
        }
    }
    for (const Law law : laws) {
        add_violations(text, audit, law);
    }
    return text;
}

} // namespace tandem::audit
