#include "lab/auditor/evidence.hpp"
#include "lab/auditor/judges.hpp"
#include "lab/auditor/replay.hpp"

#include <fmt/format.h>

namespace tandem::audit {
namespace {

void violate(Findings& findings, std::string_view kind, std::string sentence, const Dossier& dossier) {
    findings.violate({Law::history,
                      Needs::nothing,
                      kind,
                      std::move(sentence),
                      {order_fact(dossier), items_fact(dossier), events_fact(dossier)}});
}

void judge_rows_of_nothing(const Dossier& dossier, Findings& findings) {
    if (!dossier.items.empty()) {
        violate(findings,
                "lines_without_order",
                fmt::format("order {} has lines and is not there", dossier.order_id),
                dossier);
    }
    if (!dossier.events.empty()) {
        violate(findings,
                "events_without_order",
                fmt::format("order {} has events and is not there", dossier.order_id),
                dossier);
    }
}

} // namespace

void judge_history(const Dossier& dossier, Findings& findings) {
    findings.count(Law::history, "events", std::ssize(dossier.events));
    const OrderRow* order = dossier.order();
    if (order == nullptr) {
        judge_rows_of_nothing(dossier, findings);
        return;
    }
    findings.count(Law::history, "orders replayed");
    if (dossier.events.empty()) {
        violate(findings,
                "order_without_events",
                fmt::format("order {} has no events", dossier.order_id),
                dossier);
        return;
    }
    const Replay replayed = replay(dossier.events);
    if (!replayed.order) {
        violate(findings,
                "illegal_history",
                fmt::format("order {}: {}", dossier.order_id, replayed.objection),
                dossier);
        return;
    }
    for (const std::string& departure : departures(*order, dossier.items, *replayed.order)) {
        violate(findings,
                "departs_from_events",
                fmt::format("order {}: {}", dossier.order_id, departure),
                dossier);
    }
}

} // namespace tandem::audit
