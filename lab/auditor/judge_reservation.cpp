#include "lab/auditor/evidence.hpp"
#include "lab/auditor/judges.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace tandem::audit {
namespace {

void violate(
    Findings& findings, Needs needs, std::string_view kind, std::string sentence, const Dossier& dossier) {
    findings.violate(
        {Law::stock,
         needs,
         kind,
         std::move(sentence),
         {order_fact(dossier), items_fact(dossier), reservation_fact(dossier), events_fact(dossier)}});
}

bool fits(Status status, std::string_view state) {
    switch (status) {
    case Status::pending:
    case Status::processing:
        return state != "committed" && state != "tombstone";
    case Status::paid:
    case Status::shipped:
    case Status::delivered:
        return state == "committed";
    case Status::failed:
    case Status::cancelled:
        return state == "rejected" || state == "released" || state == "tombstone";
    }
    std::unreachable();
}

bool holds_units(std::string_view state) {
    return state == "reserved" || state == "committed";
}

std::map<std::int64_t, std::int64_t> units_ordered(const Dossier& dossier) {
    std::map<std::int64_t, std::int64_t> units;
    for (const ItemRow& item : dossier.items) {
        units[item.product_id] += item.quantity;
    }
    return units;
}

std::map<std::int64_t, std::int64_t> units_held(const Dossier& dossier) {
    std::map<std::int64_t, std::int64_t> units;
    for (const ReservationRow& line : dossier.reservation) {
        if (line.product_id) {
            units[*line.product_id] += line.quantity;
        }
    }
    return units;
}

void add_up(const Dossier& dossier, StockSums& sums) {
    for (const ReservationRow& line : dossier.reservation) {
        if (!line.product_id || !holds_units(line.state)) {
            continue;
        }
        ProductSums& product = sums[*line.product_id];
        (line.state == "reserved" ? product.reserved : product.committed) += line.quantity;
        product.last_order = line.order_id;
    }
    const auto status = dossier.status();
    if (status && is_paid(*status)) {
        for (const ItemRow& item : dossier.items) {
            sums[item.product_id].bought += item.quantity;
        }
    }
}

void judge_existing(const Dossier& dossier, const OrderRow& order, Status status, Findings& findings) {
    const std::int64_t id = dossier.order_id;
    if (dossier.reservation.empty()) {
        violate(findings,
                Needs::rest,
                "reservation_missing",
                fmt::format("order {} is {}, and the stock has not heard of it", id, order.status),
                dossier);
        return;
    }
    const std::string& state = dossier.reservation.front().state;
    if (!fits(status, state)) {
        violate(findings,
                Needs::rest,
                "reservation_in_wrong_state",
                fmt::format("order {} is {}, and its reservation {}", id, order.status, state),
                dossier);
    } else if (holds_units(state) && units_held(dossier) != units_ordered(dossier)) {
        violate(findings,
                Needs::rest,
                "reservation_differs",
                fmt::format("order {} holds other units than it has bought", id),
                dossier);
    }
}

} // namespace

void judge_reservation(const Dossier& dossier, StockSums& sums, Findings& findings) {
    findings.count(Law::stock, "reservations", dossier.reservation.empty() ? 0 : 1);
    add_up(dossier, sums);
    const OrderRow* order = dossier.order();
    if (const auto status = dossier.status()) {
        judge_existing(dossier, *order, *status, findings);
    } else if (order == nullptr && !dossier.reservation.empty()) {
        violate(findings,
                Needs::rest,
                "reservation_without_order",
                fmt::format("stock is {} for order {}, which is not there",
                            dossier.reservation.front().state,
                            dossier.order_id),
                dossier);
    }
}

} // namespace tandem::audit
