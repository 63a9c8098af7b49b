#include "lab/auditor/evidence.hpp"

#include <fmt/format.h>

namespace tandem::audit {
namespace {

constexpr const char* nothing = "none";

/// "a; b", or "none".
std::string joined(const std::vector<std::string>& parts) {
    return parts.empty() ? nothing : fmt::format("{}", fmt::join(parts, "; "));
}

} // namespace

Fact order_fact(const Dossier& dossier) {
    const OrderRow* order = dossier.order();
    return {"order row",
            order == nullptr ? nothing
                             : fmt::format("user {}, {}, total {}, version {}, created {}, updated {}",
                                           order->user_id,
                                           order->status,
                                           order->total.to_string(),
                                           order->version,
                                           to_rfc3339(order->created_at),
                                           to_rfc3339(order->updated_at))};
}

Fact events_fact(const Dossier& dossier) {
    std::vector<std::string> events;
    for (const EventRow& event : dossier.events) {
        events.push_back(fmt::format("{} {} {}", event.version, event.type, to_rfc3339(event.created_at)));
    }
    return {"events", joined(events)};
}

Fact items_fact(const Dossier& dossier) {
    std::vector<std::string> lines;
    for (const ItemRow& item : dossier.items) {
        lines.push_back(fmt::format("{} x product {}", item.quantity, item.product_id));
    }
    return {"order lines", joined(lines)};
}

Fact payment_fact(const Dossier& dossier) {
    const PaymentRow* payment = dossier.payment();
    return {"payment row",
            payment == nullptr
                ? nothing
                : fmt::format("payment {}, {}, {}, {}, updated {}",
                              payment->payment_id,
                              payment->status,
                              payment->amount.to_string(),
                              payment->transaction_id.empty() ? "no transaction" : payment->transaction_id,
                              to_rfc3339(payment->updated_at))};
}

Fact ledger_fact(const Dossier& dossier) {
    if (!dossier.account) {
        return {"ledger", nothing};
    }
    const Account& account = *dossier.account;
    return {"ledger",
            fmt::format("{} charges of {} (first ch_{}), {} refunds of {}, last entry {}",
                        account.charges,
                        account.captured.to_string(),
                        account.first_charge,
                        account.refunds,
                        account.refunded.to_string(),
                        account.last_entry)};
}

Fact reservation_fact(const Dossier& dossier) {
    if (dossier.reservation.empty()) {
        return {"reservation", nothing};
    }
    std::vector<std::string> lines;
    for (const ReservationRow& line : dossier.reservation) {
        if (line.product_id) {
            lines.push_back(fmt::format("{} x product {}", line.quantity, *line.product_id));
        }
    }
    const ReservationRow& first = dossier.reservation.front();
    return {"reservation",
            fmt::format("{} since {}, {}", first.state, to_rfc3339(first.updated_at), joined(lines))};
}

Fact promise_fact(const Dossier& dossier) {
    std::vector<std::string> promises;
    for (const Promise& promise : dossier.promises) {
        promises.push_back(fmt::format("user {}, total {}",
                                       promise.user_id ? std::to_string(*promise.user_id) : "unknown",
                                       promise.total ? promise.total->to_string() : "unknown"));
    }
    return {"promises", joined(promises)};
}

Fact key_fact(const Dossier& dossier) {
    std::vector<std::string> keys;
    for (const KeyRow& key : dossier.keys) {
        keys.push_back(fmt::format("user {}, key {}", key.user_id, key.key));
    }
    return {"keys", joined(keys)};
}

} // namespace tandem::audit
