#include "lab/auditor/evidence.hpp"
#include "lab/auditor/judges.hpp"

#include <fmt/format.h>

namespace tandem::audit {
namespace {

void violate(
    Findings& findings, Needs needs, std::string_view kind, std::string sentence, const Dossier& dossier) {
    findings.violate(
        {Law::money,
         needs,
         kind,
         std::move(sentence),
         {order_fact(dossier), ledger_fact(dossier), payment_fact(dossier), events_fact(dossier)}});
}

/// Captured and kept, against what is due.
void judge_kept(const Dossier& dossier, const Account& account, Findings& findings) {
    const OrderRow* order = dossier.order();
    const auto status = dossier.status();
    const bool is_due = status && is_paid(*status);
    const Money due = is_due ? order->total : Money();
    if (account.kept() == due) {
        return;
    }
    if (order == nullptr) {
        violate(findings,
                Needs::rest,
                "charge_without_order",
                fmt::format("the provider keeps {} for order {}, which is not there",
                            account.kept().to_string(),
                            dossier.order_id),
                dossier);
    } else if (account.charges == 0) {
        violate(findings,
                Needs::rest,
                "paid_without_charge",
                fmt::format("order {} is {} and was never charged", dossier.order_id, order->status),
                dossier);
    } else if (!is_due) {
        violate(findings,
                Needs::rest,
                "refund_missing",
                fmt::format("order {} is {}, and the provider keeps {} of it",
                            dossier.order_id,
                            order->status,
                            account.kept().to_string()),
                dossier);
    } else {
        violate(findings,
                Needs::rest,
                "amount_differs",
                fmt::format("order {} costs {}, and the provider keeps {}",
                            dossier.order_id,
                            due.to_string(),
                            account.kept().to_string()),
                dossier);
    }
}

} // namespace

void judge_money(const Dossier& dossier, Findings& findings) {
    const Account account = dossier.account.value_or(Account());
    findings.count(Law::money, "charges", account.charges);
    findings.count(Law::money, "refunds", account.refunds);
    if (account.charges > 1) {
        violate(findings,
                Needs::nothing,
                "charged_twice",
                fmt::format("order {} was charged {} times", dossier.order_id, account.charges),
                dossier);
    }
    if (account.refunded > account.captured) {
        violate(findings,
                Needs::nothing,
                "refunded_too_much",
                fmt::format("order {} got back {} of {}",
                            dossier.order_id,
                            account.refunded.to_string(),
                            account.captured.to_string()),
                dossier);
    }
    judge_kept(dossier, account, findings);
}

} // namespace tandem::audit
