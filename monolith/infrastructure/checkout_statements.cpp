#include "monolith/infrastructure/checkout_statements.hpp"

#include "services/product/infrastructure/product_rows.hpp"

namespace tandem::monolith {
namespace {

using postgres::Params;
using postgres::Query;
using postgres::Statement;

constexpr Query draw_number_query{"checkout.number", "SELECT nextval('orders.order_ids')"};
constexpr Query lock_cart_checkout_query{
    "checkout.lock_cart", "SELECT pg_advisory_xact_lock(hashtextextended('checkout of a cart', $1))"};
constexpr Query lock_shelves_query{
    "checkout.lock_shelves",
    "SELECT FROM catalog.stock WHERE product_id = ANY($1::bigint[]) ORDER BY product_id FOR UPDATE"};
// A statement of its own: it sees what was committed while the lock was waited for, prices too.
constexpr Query read_shelves_query{"checkout.read_shelves",
                                   "SELECT s.product_id, p.name, p.price_cents, p.deleted_at IS NULL,"
                                   " s.initial, s.restocked, s.available, s.reserved, s.sold"
                                   " FROM catalog.stock s JOIN catalog.products p ON p.id = s.product_id"
                                   " WHERE s.product_id = ANY($1::bigint[]) ORDER BY s.product_id"};
constexpr Query reserve_stock{
    "checkout.reserve",
    "UPDATE catalog.stock s SET available = s.available - l.quantity, reserved = s.reserved + l.quantity"
    " FROM unnest($1::bigint[], $2::bigint[]) AS l (product_id, quantity) WHERE s.product_id = l.product_id"};
constexpr Query add_reservation{
    "checkout.add_reservation",
    "WITH reservation AS (INSERT INTO catalog.order_reservations (order_id, state) VALUES ($1, 'reserved')"
    " RETURNING order_id)"
    " INSERT INTO catalog.reservation_lines (order_id, product_id, quantity)"
    " SELECT order_id, product_id, quantity FROM reservation,"
    " unnest($2::bigint[], $3::bigint[]) AS l (product_id, quantity)"};
// Until the checkout commits it has to be voided: that is what a crash leaves behind.
constexpr Query add_intent{
    "checkout.intend",
    "INSERT INTO payments.payments (order_id, user_id, user_email, amount_cents, payment_method, status,"
    " void_requested, attempts, refusals, due_at, unsettled_until, traceparent, request_id, created_at,"
    " updated_at) VALUES ($1, $2, $3, $4, $5, 'pending', true, 1, 0, $8::timestamptz + interval '5 s', $9,"
    " $6, $7, $8, $8) RETURNING id"};
constexpr Query delete_intent{"checkout.forget", "DELETE FROM payments.payments WHERE id = $1"};
constexpr Query hold_payment_query{
    "checkout.hold_payment",
    "SELECT id FROM payments.payments WHERE id = $1 AND status = 'pending' FOR UPDATE"};
constexpr Query capture_query{
    "checkout.capture",
    "UPDATE payments.payments SET status = 'processed', void_requested = false, transaction_id = $2,"
    " updated_at = $3, revision = revision + 1 WHERE id = $1"};
constexpr Query sell_stock{
    "checkout.sell",
    "UPDATE catalog.stock s SET reserved = s.reserved - l.quantity, sold = s.sold + l.quantity"
    " FROM unnest($1::bigint[], $2::bigint[]) AS l (product_id, quantity) WHERE s.product_id = l.product_id"};
constexpr Query commit_reservation{
    "checkout.commit_reservation",
    "UPDATE catalog.order_reservations SET state = 'committed', updated_at = now() WHERE order_id = $1"};
constexpr Query add_buyer{"checkout.add_buyer",
                          "INSERT INTO catalog.buyers (user_id, product_id)"
                          " SELECT $1::bigint, unnest($2::bigint[]) ORDER BY 2 ON CONFLICT DO NOTHING"};
constexpr Query paid_event_id_query{
    "checkout.paid_event",
    "SELECT event_id::text FROM orders.order_events WHERE order_id = $1 AND event_type = 'order.paid'"};
constexpr Query mark_done_query{
    "checkout.done",
    "UPDATE orders.order_events SET published_at = now()"
    " WHERE order_id = $1 AND routing_key IS NOT NULL AND ($2::boolean OR event_type <> 'order.paid')"};

/// The lines' products and quantities, as arrays for unnest.
struct Columns {
    std::vector<std::int64_t> products;
    std::vector<std::int64_t> quantities;
};

Columns columns_of(const order::OrderState& order) {
    Columns columns;
    for (const order::OrderLine& line : order.lines) {
        columns.products.push_back(line.product.value());
        columns.quantities.push_back(line.quantity);
    }
    return columns;
}

} // namespace

Statement draw_number() {
    return {draw_number_query, Params()};
}

Statement lock_cart_checkout(order::UserId owner) {
    return {lock_cart_checkout_query, Params(owner)};
}

std::vector<Statement> lock_shelves(const std::vector<order::ProductId>& products) {
    std::vector<std::int64_t> ids;
    for (const order::ProductId product : products) {
        ids.push_back(product.value());
    }
    return {{lock_shelves_query, Params(ids)}, {read_shelves_query, Params(ids)}};
}

std::vector<Statement> reserve(const order::OrderState& order) {
    const Columns columns = columns_of(order);
    return {{reserve_stock, Params(columns.products, columns.quantities)},
            {add_reservation, Params(order.id, columns.products, columns.quantities)}};
}

Statement begin_intent(const payment::Purchase& purchase, Timestamp now, std::chrono::milliseconds settle) {
    return {add_intent,
            Params(purchase.order,
                   purchase.user,
                   purchase.user_email,
                   purchase.amount,
                   purchase.payment_method,
                   purchase.origin.traceparent,
                   purchase.origin.request_id,
                   now,
                   now + settle)};
}

Statement forget_intent(payment::PaymentId payment) {
    return {delete_intent, Params(payment)};
}

Statement hold_payment(payment::PaymentId payment) {
    return {hold_payment_query, Params(payment)};
}

Statement capture(payment::PaymentId payment, const std::string& transaction_id, Timestamp now) {
    return {capture_query, Params(payment, transaction_id, now)};
}

std::vector<Statement> sell(const order::OrderState& order) {
    const Columns columns = columns_of(order);
    return {{sell_stock, Params(columns.products, columns.quantities)},
            {commit_reservation, Params(order.id)},
            {add_buyer, Params(order.user, columns.products)}};
}

Statement paid_event_id(order::OrderId order) {
    return {paid_event_id_query, Params(order)};
}

Statement mark_done(order::OrderId order, CheckoutPage::Confirmation confirmation) {
    return {mark_done_query, Params(order, confirmation == CheckoutPage::Confirmation::sent)};
}

Shelves read_shelves(const postgres::Rows& rows) {
    Shelves shelves;
    for (const postgres::Row row : rows) {
        shelves.insert(product::read_shelf_item(row));
    }
    return shelves;
}

} // namespace tandem::monolith
