#pragma once

#include "libs/kernel/money.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tandem::audit {

/// What the payment provider's ledger says of one order: 48 bytes.
struct Account {
    std::int64_t order_id = 0;
    Money captured;
    Money refunded;
    std::int64_t first_charge = 0; ///< sequence of the entry; the provider calls it "ch_<sequence>"
    std::int64_t last_entry = 0;
    std::int32_t charges = 0; ///< that succeeded
    std::int32_t refunds = 0;

    Money kept() const { return captured - refunded; }
};

/// Entries of the ledger, put together by order. In memory, since the ledger comes in the order of time:
/// at most 48 bytes an entry.
class Accounts {
public:
    void charge(std::int64_t order, Money amount, std::int64_t sequence);
    void refund(std::int64_t order, Money amount, std::int64_t sequence);
    /// Call once, when all entries are in; then they are in ascending order of orders.
    void settle();
    const std::vector<Account>& all() const { return accounts_; }
    std::int64_t entries() const { return entries_; }

private:
    std::vector<Account> accounts_;
    std::int64_t entries_ = 0;
};

/// One page of GET /v1/ledger into `accounts`; gives where the next one begins, 0 at the end. Only orders
/// from `first` on and before `beyond`. Throws Unreadable when it makes no sense.
std::int64_t
add_ledger_page(std::string_view json, std::int64_t first, std::int64_t beyond, Accounts& accounts);

/// All of it, page by page.
Accounts read_ledger(const std::string& provider_url, std::int64_t first, std::int64_t beyond);

} // namespace tandem::audit
