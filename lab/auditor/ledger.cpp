#include "lab/auditor/ledger.hpp"

#include "lab/auditor/unreadable.hpp"
#include "lab/auditor/web.hpp"
#include "libs/json/json.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace tandem::audit {
namespace {

constexpr int entries_per_page = 1000;

struct Entry {
    std::int64_t sequence = 0;
    std::string kind;
    std::string status;
    std::int64_t order_id = 0;
    Money amount;
};
BOOST_DESCRIBE_STRUCT(Entry, (), (sequence, kind, status, order_id, amount))

struct Page {
    std::vector<Entry> entries;
};
BOOST_DESCRIBE_STRUCT(Page, (), (entries))

void merge(Account& into, const Account& other) {
    into.captured += other.captured;
    into.refunded += other.refunded;
    into.charges += other.charges;
    into.refunds += other.refunds;
    into.first_charge = into.first_charge == 0 ? other.first_charge : into.first_charge;
    into.last_entry = std::max(into.last_entry, other.last_entry);
}

} // namespace

void Accounts::charge(std::int64_t order, Money amount, std::int64_t sequence) {
    ++entries_;
    accounts_.push_back({order, amount, Money(), sequence, sequence, 1, 0});
}

void Accounts::refund(std::int64_t order, Money amount, std::int64_t sequence) {
    ++entries_;
    accounts_.push_back({order, Money(), amount, 0, sequence, 0, 1});
}

void Accounts::settle() {
    std::ranges::sort(
        accounts_, {}, [](const Account& each) { return std::pair(each.order_id, each.last_entry); });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < accounts_.size(); ++i) {
        if (kept > 0 && accounts_[kept - 1].order_id == accounts_[i].order_id) {
            merge(accounts_[kept - 1], accounts_[i]);
        } else {
            accounts_[kept++] = accounts_[i];
        }
    }
    accounts_.resize(kept);
}

std::int64_t
add_ledger_page(std::string_view json, std::int64_t first, std::int64_t beyond, Accounts& accounts) {
    const auto page = json::read<Page>(json);
    if (!page) {
        throw Unreadable("the payment provider's ledger makes no sense: " + page.error().message());
    }
    for (const Entry& entry : page->entries) {
        const bool is_ours = entry.order_id >= first && entry.order_id < beyond;
        if (!is_ours || entry.status != "succeeded") {
            continue;
        }
        if (entry.kind == "charge") {
            accounts.charge(entry.order_id, entry.amount, entry.sequence);
        } else {
            accounts.refund(entry.order_id, entry.amount, entry.sequence);
        }
    }
    return page->entries.empty() ? 0 : page->entries.back().sequence;
}

Accounts read_ledger(const std::string& provider_url, std::int64_t first, std::int64_t beyond) {
    WebReader provider("the payment provider", provider_url);
    Accounts accounts;
    std::int64_t after = 0;
    do {
        const std::string page =
            provider.get(fmt::format("/v1/ledger?after={}&limit={}", after, entries_per_page));
        after = add_ledger_page(page, first, beyond, accounts);
    } while (after > 0);
    accounts.settle();
    return accounts;
}

} // namespace tandem::audit
