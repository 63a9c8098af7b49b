#include "lab/chaos/findings.hpp"
#include "lab/chaos/timeline.hpp"
#include "libs/json/json.hpp"

#include <utility>

namespace tandem::lab {
namespace {

std::string_view word(Answer answer) {
    switch (answer) {
    case Answer::none:
        return "none";
    case Answer::accepted:
        return "accepted";
    case Answer::refused:
        return "refused";
    case Answer::turned_away:
        return "turned_away";
    case Answer::ambiguous:
        return "ambiguous";
    }
    std::unreachable();
}

std::string_view word(Errand errand) {
    switch (errand) {
    case Errand::buy:
        return "buy";
    case Errand::cancel:
        return "cancel";
    case Errand::declined:
        return "declined";
    case Errand::sold_out:
        return "sold_out";
    }
    std::unreachable();
}

void write(json::Writer& out, std::string_view name, const Availability& availability) {
    out.key(name).begin_object();
    out.member("came", availability.came)
        .member("answered", availability.answered)
        .member("share", availability.share())
        .end_object();
}

void write_totals(json::Writer& out, const ChaosFindings& findings) {
    const Totals totals = totals_of(findings.visits);
    out.key("totals").begin_object();
    out.member("came", totals.came)
        .member("accepted", totals.accepted)
        .member("confirmed", totals.confirmed)
        .member("open", totals.open)
        .member("rejected", totals.rejected)
        .member("ambiguous", totals.ambiguous)
        .member("ambiguous_accepted", totals.ambiguous_accepted)
        .member("ambiguous_refused", totals.ambiguous_refused)
        .member("unknown", totals.unknown)
        .member("promises_on_disk", findings.promises_on_disk)
        .member("poison", findings.poison)
        .end_object();
    write(out, "outside_of_faults", outside_of(findings.faults, findings.visits));
}

void write_faults(json::Writer& out, const ChaosFindings& findings) {
    out.key("faults").begin_array();
    for (const FaultRecord& fault : findings.faults) {
        const FaultEffect effect = effect_of(fault, findings.visits);
        out.begin_object()
            .member("name", fault.name)
            .member("begin_s", fault.begin_s)
            .member("healed_s", fault.healed_s)
            .member("end_s", fault.end_s)
            .member("problem", fault.problem)
            .member("recovery_accepted_s", effect.recovery_accepted_s)
            .member("recovery_paid_s", effect.recovery_paid_s);
        write(out, "availability", effect.during);
        out.end_object();
    }
    out.end_array();
}

void write_seconds(json::Writer& out, const ChaosFindings& findings) {
    out.key("seconds").begin_array();
    for (const Second& second : timeline_of(findings.visits)) {
        out.begin_object()
            .member("came", second.came)
            .member("accepted", second.accepted)
            .member("paid", second.paid)
            .member("not_at_once", second.not_at_once)
            .member("latency_ms_p50", second.latency_ms_p50)
            .member("latency_ms_max", second.latency_ms_max)
            .end_object();
    }
    out.end_array();
}

void write_visits(json::Writer& out, const ChaosFindings& findings) {
    out.key("visits").begin_array();
    for (const Visit& visit : findings.visits) {
        out.begin_object()
            .member("due_s", visit.due_s)
            .member("errand", word(visit.errand))
            .member("first", word(visit.first))
            .member("first_answer_s", visit.first_answer_s)
            .member("last", word(visit.last))
            .member("was_ambiguous", visit.was_ambiguous)
            .member("asked_again", visit.asked_again)
            .member("order_id", visit.order_id)
            .member("accepted_s", visit.accepted_s)
            .member("ended_s", visit.ended_s)
            .member("end", visit.end)
            .end_object();
    }
    out.end_array();
}

} // namespace

std::string to_json(const ChaosFindings& findings) {
    json::Writer out;
    out.begin_object()
        .member("architecture", findings.architecture)
        .member("seed", findings.seed)
        .member("rate_per_s", findings.rate_per_s)
        .member("length_s", findings.length_s)
        .member("taken_at", findings.taken_at)
        .member("verdict", sentence_of(findings.verdict))
        .member("exit_code", static_cast<int>(findings.verdict))
        .member("why_not_judged", findings.judgement.why_not)
        .member("violations_found", findings.judgement.violations_found)
        .member("violations", findings.judgement.violations);
    write_totals(out, findings);
    write_faults(out, findings);
    write_seconds(out, findings);
    write_visits(out, findings);
    out.end_object();
    return std::move(out).text();
}

} // namespace tandem::lab
