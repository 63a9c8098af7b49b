#pragma once

#include "lab/auditor/dossier.hpp"
#include "lab/auditor/findings.hpp"
#include "lab/auditor/stock_sums.hpp"

#include <span>

/// One function a law: each looks at everything that is known of one order and adds what violates the law.
namespace tandem::audit {

/// 1: promises, keys and answers stand for one order each, which is there, and it ends.
void judge_orders(const Dossier& dossier, Findings& findings);
/// 2: captured minus refunded is the total of a paid order, else nothing; charged at most once.
void judge_money(const Dossier& dossier, Findings& findings);
/// 3, order by order: the reservation is what the order's state and lines ask for. What the products' own
/// figures have to be is added up in `sums`.
void judge_reservation(const Dossier& dossier, StockSums& sums, Findings& findings);
/// 4: each turn that an order took was mailed.
void judge_mail(const Dossier& dossier, const Mailbox& mailbox, Findings& findings);
/// 6: the order is the replay of its events.
void judge_history(const Dossier& dossier, Findings& findings);
/// 7: its payment, notices, cart and customer. `users`: ids of all, ascending.
void judge_company(const Dossier& dossier, std::span<const std::int64_t> users, Findings& findings);

/// 3, product by product, when all orders are in `sums`.
void judge_stock(const std::vector<StockRow>& stock, const StockSums& sums, Findings& findings);

} // namespace tandem::audit
