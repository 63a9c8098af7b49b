#include "lab/auditor/tests/planted.hpp"

namespace tandem::audit::tests {
namespace {

std::function<void(Plot&)> in_payments(const char* sql) {
    return [sql](Plot& plot) { plot.shop.execute(plot.shop.shop.payment, sql); };
}

std::function<void(Plot&)> in_orders(const char* sql) {
    return [sql](Plot& plot) { plot.shop.execute(plot.shop.shop.order, sql); };
}

std::function<void(Plot&)> in_carts(const char* sql) {
    return [sql](Plot& plot) { plot.shop.execute(plot.shop.shop.cart, sql); };
}

} // namespace

std::vector<Planted> planted_in_company() {
    using enum Law;
    return {
        {"payment_differs_from_ledger",
         company,
         "payment 5 of order 5 is voided",
         in_payments("UPDATE payments SET status = 'voided' WHERE order_id = 5")},
        {"payment_of_another_charge",
         company,
         "ch_999",
         in_payments("UPDATE payments SET transaction_id = 'ch_999' WHERE order_id = 5")},
        {"payment_without_order",
         company,
         "order 77",
         in_payments("UPDATE payments SET order_id = 77 WHERE order_id = 5")},
        {"payment_missing", company, "order 5", in_payments("DELETE FROM payments WHERE order_id = 5")},
        {"payment_of_another_amount",
         company,
         "order 5",
         in_payments("UPDATE payments SET amount_cents = 1 WHERE order_id = 5")},
        {"payment_of_another",
         company,
         "user 77",
         in_payments("UPDATE payments SET user_id = 77 WHERE order_id = 5")},
        {"payment_in_wrong_state",
         company,
         "order 6 is failed, its payment processed",
         in_payments("UPDATE payments SET status = 'processed' WHERE order_id = 6")},
        {"order_names_another_payment",
         company,
         "order 5",
         in_orders("UPDATE orders SET payment_id = 999 WHERE id = 5")},
        {"order_of_nobody",
         company,
         "order 5",
         [](Plot& plot) { plot.shop.execute(plot.shop.shop.user, "DELETE FROM users WHERE id = 6"); }},
        {"purchase_without_order", company, "order 77", in_carts("INSERT INTO purchases VALUES (77, 1)")},
        {"purchase_of_another",
         company,
         "order 5",
         in_carts("UPDATE purchases SET user_id = 77 WHERE order_id = 5")},
        {"notice_without_order",
         company,
         "order 77",
         in_orders("UPDATE notifications SET order_id = 77 WHERE order_id = 5")},
        {"notice_differs",
         company,
         "order 5 has 1 events order.paid",
         in_orders("DELETE FROM notifications WHERE order_id = 5 AND type = 'order.paid'")},
        {"notice_to_another",
         company,
         "order 5",
         in_orders("UPDATE notifications SET user_id = 77 WHERE order_id = 5")},
    };
}

} // namespace tandem::audit::tests
