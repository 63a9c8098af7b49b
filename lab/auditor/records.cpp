#include "lab/auditor/records.hpp"

namespace tandem::audit {

const char* const OrderRow::query =
    "SELECT id, version, user_id, user_email, status, reason, error_message, total_cents, item_count,"
    " payment_method, shipping_address, payment_id, payment_amount_cents, payment_status,"
    " payment_transaction_id, payment_created_at, created_at, updated_at FROM orders ORDER BY id";

OrderRow OrderRow::read(RowStream& rows) {
    OrderRow order;
    order.order_id = rows.integer();
    order.version = rows.integer();
    order.user_id = rows.integer();
    order.user_email = rows.text();
    order.status = rows.text();
    order.reason = rows.optional_text().value_or("");
    order.error_message = rows.text();
    order.total = Money::from_cents(rows.integer());
    order.item_count = rows.integer();
    order.payment_method = rows.text();
    order.shipping_address = rows.optional_text().value_or("");
    PaymentNote payment;
    payment.payment_id = rows.optional_integer().value_or(0);
    payment.amount = Money::from_cents(rows.optional_integer().value_or(0));
    auto status = rows.optional_text();
    payment.transaction_id = rows.optional_text().value_or("");
    payment.created_at = rows.optional_moment().value_or(Timestamp());
    if (status) {
        payment.status = *std::move(status);
        order.payment = std::move(payment);
    }
    order.created_at = rows.moment();
    order.updated_at = rows.moment();
    return order;
}

const char* const EventRow::query =
    "SELECT order_id, version, event_id, event_type, created_at,"
    " CASE WHEN event_type NOT IN ('order.processing', 'order.shipped', 'order.delivered', 'stock.released')"
    " THEN body END FROM order_events ORDER BY order_id, version";

EventRow EventRow::read(RowStream& rows) {
    EventRow event;
    event.order_id = rows.integer();
    event.version = rows.integer();
    event.event_id = rows.uuid();
    event.type = rows.text();
    event.created_at = rows.moment();
    event.body = rows.optional_text().value_or("");
    return event;
}

const char* const ItemRow::query =
    "SELECT order_id, product_id, product_name, quantity, price_cents FROM order_items"
    " ORDER BY order_id, line";

ItemRow ItemRow::read(RowStream& rows) {
    ItemRow item;
    item.order_id = rows.integer();
    item.product_id = rows.integer();
    item.product_name = rows.text();
    item.quantity = rows.integer();
    item.price = Money::from_cents(rows.integer());
    return item;
}

const char* const TimingRow::query = "SELECT order_id FROM order_timings ORDER BY order_id";

TimingRow TimingRow::read(RowStream& rows) {
    return {rows.integer()};
}

const char* const KeyRow::query =
    "SELECT o.order_id, o.user_id, o.key, k.key IS NOT NULL FROM keyed_orders o"
    " LEFT JOIN idempotency_keys k ON k.user_id = o.user_id AND k.key = o.key ORDER BY o.order_id";

KeyRow KeyRow::read(RowStream& rows) {
    KeyRow key;
    key.order_id = rows.integer();
    key.user_id = rows.integer();
    key.key = rows.text();
    key.has_answer = rows.integer() != 0;
    return key;
}

const char* const NoticeRow::query = "SELECT order_id, user_id, type FROM notifications ORDER BY order_id";

NoticeRow NoticeRow::read(RowStream& rows) {
    NoticeRow notice;
    notice.order_id = rows.integer();
    notice.user_id = rows.integer();
    notice.type = rows.text();
    return notice;
}

const char* const PaymentRow::query =
    "SELECT order_id, id, user_id, amount_cents, status, transaction_id, updated_at FROM payments"
    " ORDER BY order_id";

PaymentRow PaymentRow::read(RowStream& rows) {
    PaymentRow payment;
    payment.order_id = rows.integer();
    payment.payment_id = rows.integer();
    payment.user_id = rows.integer();
    payment.amount = Money::from_cents(rows.integer());
    payment.status = rows.text();
    payment.transaction_id = rows.optional_text().value_or("");
    payment.updated_at = rows.moment();
    return payment;
}

const char* const ReservationRow::query =
    "SELECT r.order_id, r.state, r.updated_at, l.product_id, l.quantity FROM order_reservations r"
    " LEFT JOIN reservation_lines l ON l.order_id = r.order_id ORDER BY r.order_id, l.product_id";

ReservationRow ReservationRow::read(RowStream& rows) {
    ReservationRow line;
    line.order_id = rows.integer();
    line.state = rows.text();
    line.updated_at = rows.moment();
    line.product_id = rows.optional_integer();
    line.quantity = rows.optional_integer().value_or(0);
    return line;
}

const char* const PurchaseRow::query = "SELECT order_id, user_id FROM purchases ORDER BY order_id";

PurchaseRow PurchaseRow::read(RowStream& rows) {
    PurchaseRow purchase;
    purchase.order_id = rows.integer();
    purchase.user_id = rows.integer();
    return purchase;
}

} // namespace tandem::audit
