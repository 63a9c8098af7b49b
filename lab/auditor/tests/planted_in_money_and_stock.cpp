#include "lab/auditor/tests/planted.hpp"

namespace tandem::audit::tests {
namespace {

std::function<void(Plot&)> in_stock(const char* sql) {
    return [sql](Plot& plot) { plot.shop.execute(plot.shop.shop.product, sql); };
}

/// The ledger with one more charge or refund; the order's id and cents.
std::function<void(Plot&)> charged(std::int64_t order, std::int64_t cents) {
    return [order, cents](Plot& plot) {
        plot.shop.outside.accounts.charge(order, Money::from_cents(cents), 9'000);
        plot.shop.outside.accounts.settle();
    };
}

std::function<void(Plot&)> refunded(std::int64_t order, std::int64_t cents) {
    return [order, cents](Plot& plot) {
        plot.shop.outside.accounts.refund(order, Money::from_cents(cents), 9'000);
        plot.shop.outside.accounts.settle();
    };
}

/// The ledger without what it holds of an order, but for a charge of so much.
std::function<void(Plot&)> only_charged(std::int64_t order, std::int64_t cents) {
    return [order, cents](Plot& plot) {
        Accounts accounts;
        for (const Account& account : plot.shop.outside.accounts.all()) {
            if (account.order_id != order) {
                accounts.charge(account.order_id, account.captured, account.first_charge);
                if (account.refunds > 0) {
                    accounts.refund(account.order_id, account.refunded, account.last_entry);
                }
            }
        }
        if (cents > 0) {
            accounts.charge(order, Money::from_cents(cents), order * 2);
        }
        accounts.settle();
        plot.shop.outside.accounts = accounts;
    };
}

} // namespace

std::vector<Planted> planted_in_money_and_stock() {
    using enum Law;
    return {
        {"charged_twice", money, "order 5 was charged 2 times", charged(5, 1)},
        {"refunded_too_much", money, "order 8", refunded(8, 1)},
        {"charge_without_order", money, "order 77", charged(77, 500)},
        {"paid_without_charge", money, "order 5 is paid and was never charged", only_charged(5, 0)},
        {"refund_missing", money, "order 8 is cancelled", only_charged(8, 500)},
        {"amount_differs", money, "order 5", only_charged(5, 1)},
        {"reservation_missing",
         stock,
         "order 5",
         in_stock("DELETE FROM reservation_lines WHERE order_id = 5;"
                  "DELETE FROM order_reservations WHERE order_id = 5")},
        {"reservation_in_wrong_state",
         stock,
         "order 5 is paid, and its reservation released",
         in_stock("UPDATE order_reservations SET state = 'released' WHERE order_id = 5")},
        {"reservation_differs",
         stock,
         "order 5",
         in_stock("UPDATE reservation_lines SET quantity = 9 WHERE order_id = 5")},
        {"reservation_without_order",
         stock,
         "order 77",
         in_stock("INSERT INTO order_reservations VALUES (77, 'reserved')")},
        {"stock_negative",
         stock,
         "product 3",
         in_stock("UPDATE stock SET available = -1, initial = sold - 501 WHERE product_id = 3")},
        {"stock_unbalanced",
         stock,
         "product 3",
         in_stock("UPDATE stock SET available = available - 1 WHERE product_id = 3")},
        {"reserved_differs",
         stock,
         "product 3",
         in_stock("UPDATE stock SET reserved = 1, available = available - 1 WHERE product_id = 3")},
        {"committed_differs",
         stock,
         "product 3",
         in_stock("UPDATE stock SET sold = sold + 1, available = available - 1 WHERE product_id = 3")},
        {"reserved_at_rest",
         stock,
         "product 3",
         in_stock("UPDATE stock SET reserved = 1, available = available - 1 WHERE product_id = 3")},
        {"sold_differs",
         stock,
         "product 3",
         in_stock("UPDATE stock SET sold = sold + 1, available = available - 1 WHERE product_id = 3")},
        {"product_without_stock",
         stock,
         "product 777",
         in_stock("INSERT INTO reservation_lines VALUES (5, 777, 1)")},
    };
}

} // namespace tandem::audit::tests
