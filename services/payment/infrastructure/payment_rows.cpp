#include "services/payment/infrastructure/payment_rows.hpp"

#include "services/payment/infrastructure/payment_events.hpp"

#include <algorithm>

namespace tandem::payment {
namespace {

using postgres::Params;
using postgres::Query;

constexpr Query insert_payments{
    "payment.insert",
    "INSERT INTO payments (order_id, user_id, user_email, amount_cents, payment_method, traceparent,"
    " request_id, status, void_requested, attempts, refusals, created_at, updated_at, due_at, "
    "unsettled_until)"
    " SELECT order_id, user_id, user_email, amount_cents, payment_method, traceparent, request_id, status,"
    " status = 'voided', 0, 0, $9::timestamptz, $9, $9, $9"
    " FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[],"
    " $8::text[]) AS new(order_id, user_id, user_email, amount_cents, payment_method, traceparent, "
    "request_id,"
    " status) ORDER BY order_id ON CONFLICT (order_id) DO NOTHING RETURNING order_id"};

constexpr Query update_payment{
    "payment.update",
    "WITH saved AS (UPDATE payments SET status = $3, void_requested = $4, attempts = $5, refusals = $6,"
    " due_at = $7, unsettled_until = $8, transaction_id = $9, reason = $10, error_message = $11,"
    " updated_at = $12, revision = revision + 1 WHERE id = $1 AND revision = $2 RETURNING id),"
    " announced AS (INSERT INTO outbox (event_id, routing_key, event_type, body, traceparent, request_id)"
    " SELECT $13::uuid, $14::text, $15::text, $16::text, $17::text, $18::text FROM saved"
    " WHERE $13::uuid IS NOT NULL)"
    " SELECT id FROM saved"};

Payment::State identity(const postgres::Row& row) {
    Payment::State state;
    state.id = PaymentId(row.integer(0));
    state.purchase.order = OrderId(row.integer(1));
    state.purchase.user = UserId(row.integer(2));
    state.purchase.user_email = row.text(3);
    state.purchase.amount = row.money(4);
    state.purchase.payment_method = row.text(5);
    state.purchase.origin = {row.text(6), row.text(7)};
    return state;
}

} // namespace

Payment to_payment(const postgres::Row& row) {
    Payment::State state = identity(row);
    state.status = parse_status(row.text(8)).value();
    state.void_requested = row.boolean(9);
    state.attempts = row.integer(10);
    state.refusals = row.integer(11);
    state.created_at = row.timestamp(12);
    state.updated_at = row.timestamp(13);
    state.due_at = row.timestamp(14);
    state.unsettled_until = row.timestamp(15);
    state.transaction_id = row.optional_text(16);
    state.reason = row.optional_text(17);
    state.error_message = row.optional_text(18);
    state.revision = row.integer(19);
    return Payment(std::move(state));
}

std::vector<Payment> to_payments(const postgres::Rows& rows) {
    std::vector<Payment> payments;
    for (const postgres::Row row : rows) {
        payments.push_back(to_payment(row));
    }
    return payments;
}

postgres::Statement insert_new(std::vector<Payment> payments) {
    std::vector<std::int64_t> orders;
    std::vector<std::int64_t> users;
    std::vector<std::int64_t> amounts;
    std::vector<std::string> emails;
    std::vector<std::string> methods;
    std::vector<std::string> traceparents;
    std::vector<std::string> request_ids;
    std::vector<std::string> statuses;
    for (const Payment& payment : payments) {
        const Purchase& purchase = payment.state().purchase;
        orders.push_back(purchase.order.value());
        users.push_back(purchase.user.value());
        amounts.push_back(purchase.amount.cents());
        emails.push_back(purchase.user_email);
        methods.push_back(purchase.payment_method);
        traceparents.push_back(purchase.origin.traceparent);
        request_ids.push_back(purchase.origin.request_id);
        statuses.emplace_back(to_string(payment.state().status));
    }
    const Timestamp now = payments.front().state().created_at;
    return {insert_payments,
            Params(orders, users, emails, amounts, methods, traceparents, request_ids, statuses, now)};
}

postgres::Statement update(const Payment& payment, Timestamp now) {
    const Payment::State& state = payment.state();
    Params params(state.id,
                  state.revision,
                  to_string(state.status),
                  state.void_requested,
                  state.attempts,
                  state.refusals,
                  state.due_at,
                  state.unsettled_until,
                  state.transaction_id,
                  state.reason,
                  state.error_message,
                  state.updated_at);
    const auto announcement = payment.announcement();
    if (announcement) {
        const auto event = to_event(payment, *announcement, now);
        params.add(event.event_id).add(event.routing_key).add(event.event_type).add(event.body);
        params.add(event.context.traceparent).add(event.context.request_id);
    } else {
        for (int i = 0; i < 6; ++i) {
            params.add(std::nullopt);
        }
    }
    return {update_payment, std::move(params)};
}

} // namespace tandem::payment
