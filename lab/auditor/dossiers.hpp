#pragma once

#include "lab/auditor/dossier.hpp"
#include "lab/auditor/grouped.hpp"
#include "lab/auditor/shop.hpp"
#include "lab/auditor/snapshots.hpp"

#include <cstddef>

namespace tandem::audit {

/// What is known before the databases are read. By ascending order; outlives the dossiers.
struct World {
    Accounts accounts;
    Mailbox mailbox;
    const Promises& promises;
};

/// The dossiers of all orders that anybody knows, in ascending order: nine streams of rows, the
/// ledger's accounts, the promises and the mailbox, merged. Memory for one order at a time.
class Dossiers {
public:
    Dossiers(const Shop& shop, Snapshots& snapshots, const World& world);

    /// Fills `dossier` with the next; false after the last.
    bool next(Dossier& dossier);

private:
    std::int64_t next_order() const;
    void take_world(std::int64_t order, Dossier& dossier);

    const World& world_;
    std::size_t account_ = 0;
    std::size_t promise_ = 0;
    std::vector<std::int64_t> mailed_; ///< orders in the mailbox, ascending
    std::size_t mailed_at_ = 0;
    Grouped<OrderRow> orders_;
    Grouped<EventRow> events_;
    Grouped<ItemRow> items_;
    Grouped<TimingRow> timings_;
    Grouped<KeyRow> keys_;
    Grouped<NoticeRow> notices_;
    Grouped<PaymentRow> payments_;
    Grouped<ReservationRow> reservations_;
    Grouped<PurchaseRow> purchases_;
};

} // namespace tandem::audit
