#include "lab/auditor/report.hpp"
#include "libs/json/json.hpp"

namespace tandem::audit {
namespace {

std::string_view word(Calm calm) {
    switch (calm) {
    case Calm::at_rest:
        return "at_rest";
    case Calm::moving:
        return "moving";
    case Calm::stuck:
        return "stuck";
    }
    std::unreachable();
}

void write(json::Writer& out, const Violation& violation) {
    out.begin_object().member("kind", violation.kind).member("sentence", violation.sentence);
    out.key("evidence").begin_object();
    for (const Fact& fact : violation.evidence) {
        out.member(fact.name, fact.value);
    }
    out.end_object().end_object();
}

void write(json::Writer& out, const Audit& audit, Law law) {
    const Findings& findings = audit.findings;
    out.begin_object().member("law", static_cast<int>(law)).member("title", title_of(law));
    out.member("violations_found", findings.violations(law, audit.calm));
    out.key("looked_at").begin_object();
    for (const auto& [what, count] : findings.counts(law)) {
        out.member(what, count);
    }
    out.end_object();
    out.member("notes", findings.notes(law));
    out.key("violations").begin_array();
    for (const Violation* violation : findings.kept(law, audit.calm)) {
        write(out, *violation);
    }
    out.end_array().end_object();
}

void write(json::Writer& out, const Audit& audit) {
    out.begin_object().member("architecture", audit.architecture).member("taken_at", audit.taken_at);
    out.member("calm", word(audit.calm)).member("what_moves", audit.what_moves);
    out.member("waited_ms", audit.waited.count()).member("took_ms", audit.took.count());
    out.key("laws").begin_array();
    for (const Law law : laws) {
        write(out, audit, law);
    }
    out.end_array().end_object();
}

} // namespace

std::string to_json(const Unreadable& away) {
    json::Writer out;
    out.begin_object().member("verdict", "unreadable").member("why", away.what()).end_object();
    return std::move(out).text();
}

std::string to_json(const std::vector<Audit>& audits) {
    json::Writer out;
    out.begin_object().member("verdict", to_string(verdict_of(audits)));
    out.key("audits").begin_array();
    for (const Audit& audit : audits) {
        write(out, audit);
    }
    out.end_array().end_object();
    return std::move(out).text();
}

} // namespace tandem::audit
