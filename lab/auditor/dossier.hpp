#pragma once

#include "lab/auditor/ledger.hpp"
#include "lab/auditor/mailbox.hpp"
#include "lab/auditor/promises.hpp"
#include "lab/auditor/records.hpp"

#include <optional>
#include <vector>

namespace tandem::audit {

/// Everything that any database and the world outside hold about one order. What is empty, nobody has.
struct Dossier {
    std::int64_t order_id = 0;
    std::vector<OrderRow> orders; ///< at most one
    std::vector<EventRow> events;
    std::vector<ItemRow> items;
    std::vector<TimingRow> timings;
    std::vector<KeyRow> keys;
    std::vector<NoticeRow> notices;
    std::vector<PaymentRow> payments; ///< at most one
    std::vector<ReservationRow> reservation;
    std::vector<PurchaseRow> purchases; ///< at most one
    std::optional<Account> account;
    std::vector<Promise> promises;
    MailsOfOrder mails;

    const OrderRow* order() const { return orders.empty() ? nullptr : &orders.front(); }
    const PaymentRow* payment() const { return payments.empty() ? nullptr : &payments.front(); }
    /// Of an order that exists and has a known status.
    std::optional<Status> status() const {
        return orders.empty() ? std::nullopt : parse_status(orders.front().status);
    }
};

} // namespace tandem::audit
