#include "monolith/tests/integration/monolith_test.hpp"

#include <fmt/format.h>

namespace tandem::monolith {
namespace {

constexpr std::string_view still_to_do =
    "SELECT (SELECT count(*) FROM payments.payments WHERE status IN ('pending', 'refunding'))"
    " + (SELECT count(*) FROM orders.order_events WHERE routing_key IS NOT NULL AND published_at IS NULL)"
    " + (SELECT count(*) FROM users.outbox) + (SELECT count(*) FROM catalog.outbox)"
    " + (SELECT count(*) FROM payments.outbox) + (SELECT count(*) FROM public.outbox)"
    " + (SELECT count(*) FROM deliveries WHERE dead_at IS NULL)";

constexpr std::string_view shelves_out_of_balance =
    "SELECT count(*) FROM catalog.stock s WHERE reserved <> 0 OR available < 0 OR sold < 0"
    " OR initial + restocked <> available + sold"
    " OR sold <> (SELECT coalesce(sum(i.quantity), 0) FROM orders.order_items i"
    " JOIN orders.orders o ON o.id = i.order_id WHERE i.product_id = s.product_id AND o.status = 'paid')";

constexpr std::string_view orders_unlike_their_history =
    "SELECT count(*) FROM (SELECT order_id, max(version) AS version, count(*) AS events"
    " FROM orders.order_events GROUP BY order_id) e FULL JOIN orders.orders o ON o.id = e.order_id"
    " WHERE o.version IS DISTINCT FROM e.version OR e.version <> e.events";

/// What the provider did for one order.
struct Account {
    int charges = 0;
    Money charged;
    Money refunded;
};

std::map<std::int64_t, Account> accounts_of(const std::vector<LedgerEntry>& ledger) {
    std::map<std::int64_t, Account> accounts;
    for (const LedgerEntry& entry : ledger) {
        Account& account = accounts[entry.order_id];
        if (entry.status != "succeeded") {
            continue;
        }
        if (entry.kind == "charge") {
            ++account.charges;
            account.charged += entry.amount;
        } else {
            account.refunded += entry.amount;
        }
    }
    return accounts;
}

} // namespace

bool MonolithTest::is_at_rest() {
    return shop.number(still_to_do) == 0;
}

void MonolithTest::expect_laws() {
    shop.until("rest", [&] { return is_at_rest(); });
    EXPECT_EQ(shop.number("SELECT count(*) FROM deliveries"), 0) << "given up";
    EXPECT_EQ(shop.number(shelves_out_of_balance), 0);
    EXPECT_EQ(shop.number("SELECT count(*) FROM orders.orders WHERE status NOT IN ('paid', 'cancelled')"), 0);
    EXPECT_EQ(shop.number(orders_unlike_their_history), 0);
    expect_money_where_orders_are();
    expect_mails();
}

void MonolithTest::expect_laws(const std::vector<CallPointer>& checkouts) {
    expect_laws();
    std::set<std::int64_t> kept;
    for (const postgres::Row row : shop.rows("SELECT id FROM orders.orders")) {
        kept.insert(row.integer(0));
    }
    for (const CallPointer& call : checkouts) {
        if (call->status() == 200) {
            const OrderAnswer order = order_of(*call->answer);
            EXPECT_EQ(order.status, "paid");
            EXPECT_TRUE(kept.contains(order.id)) << "answered, but not kept: " << order.id;
        }
    }
}

void MonolithTest::expect_money_where_orders_are() {
    auto accounts = accounts_of(shop.ledger());
    for (const postgres::Row row : shop.rows("SELECT id, total_cents, status FROM orders.orders")) {
        const Account account = accounts[row.integer(0)];
        const Money total = row.money(1);
        EXPECT_EQ(account.charges, 1) << "order " << row.integer(0);
        EXPECT_EQ(account.charged, total) << "order " << row.integer(0);
        EXPECT_EQ(account.refunded, row.text(2) == "cancelled" ? total : Money()) << row.integer(0);
        accounts.erase(row.integer(0));
    }
    for (const auto& [order, account] : accounts) {
        EXPECT_EQ(account.charged, account.refunded) << "charged for no order: " << order;
    }
}

void MonolithTest::expect_mails() {
    std::set<std::string> subjects;
    for (const KeptMail& mail : shop.mail.mails()) {
        subjects.insert(mail.header("Subject"));
    }
    for (const postgres::Row row : shop.rows("SELECT id FROM orders.orders")) {
        EXPECT_TRUE(subjects.contains(fmt::format("Order Confirmation - Order #{}", row.integer(0))))
            << "no mail about order " << row.integer(0);
    }
}

} // namespace tandem::monolith
