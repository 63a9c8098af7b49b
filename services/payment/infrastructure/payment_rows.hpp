#pragma once

#include "libs/postgres/pool.hpp"
#include "services/payment/domain/payment.hpp"

#include <vector>

namespace tandem::payment {

/// The columns that `to_payment` reads, in its order, of a table named p.
#define PAYMENT_COLUMNS                                                                                      \
    "p.id, p.order_id, p.user_id, p.user_email, p.amount_cents, p.payment_method, p.traceparent,"            \
    " p.request_id, p.status, p.void_requested, p.attempts, p.refusals, p.created_at, p.updated_at,"         \
    " p.due_at, p.unsettled_until, p.transaction_id, p.reason, p.error_message, p.revision"

Payment to_payment(const postgres::Row& row);
std::vector<Payment> to_payments(const postgres::Rows& rows);

/// Inserts the payments of orders that have none, in the order of their ids, so that two
/// transactions cannot wait for each other in a circle. Returns the orders (column 0) inserted.
postgres::Statement insert_new(std::vector<Payment> payments);
/// Stores the payment and its announcement if it has still the revision it was read with; then it
/// returns one row.
postgres::Statement update(const Payment& payment, Timestamp now);

} // namespace tandem::payment
