#include "services/payment/infrastructure/postgres_payments.hpp"

#include "libs/messaging/inbox.hpp"
#include "libs/messaging/outbox.hpp"
#include "services/payment/core/notice_work.hpp"
#include "services/payment/infrastructure/payment_rows.hpp"

#include <set>
#include <utility>

namespace tandem::payment {
namespace {

using postgres::Params;
using postgres::Query;
using postgres::Rows;
using postgres::Statement;

constexpr Query find_payment{"payment.find",
                             "SELECT " PAYMENT_COLUMNS " FROM payments p WHERE p.order_id = $1"};

constexpr Query lock_payments{
    "payment.lock",
    "SELECT " PAYMENT_COLUMNS
    " FROM payments p WHERE p.order_id = ANY($1::bigint[]) ORDER BY p.order_id FOR UPDATE"};

// A claim that may lead to a charge call says until when that call may take effect.
constexpr Query claim_payments{
    "payment.claim",
    "UPDATE payments p SET attempts = p.attempts + 1, revision = p.revision + 1, due_at = $2,"
    " unsettled_until = CASE WHEN p.status = 'pending' AND NOT p.void_requested AND p.created_at > $3"
    " THEN $4 ELSE p.unsettled_until END"
    " FROM (SELECT id FROM payments WHERE status IN ('pending', 'refunding') AND due_at <= $1"
    " AND (NOT $6::boolean OR (status = 'pending' AND (void_requested OR created_at <= $3)))"
    " ORDER BY due_at LIMIT $5 FOR UPDATE SKIP LOCKED) due"
    " WHERE p.id = due.id RETURNING " PAYMENT_COLUMNS};

std::vector<std::string> event_ids(const std::vector<OrderNotice>& notices) {
    std::vector<std::string> ids;
    for (const OrderNotice& notice : notices) {
        ids.push_back(notice.event_id);
    }
    return ids;
}

std::set<std::string> first_column(const Rows& rows) {
    std::set<std::string> ids;
    for (const postgres::Row row : rows) {
        ids.insert(row.text(0));
    }
    return ids;
}

std::vector<std::int64_t> numbers(const std::vector<OrderId>& orders) {
    std::vector<std::int64_t> result;
    for (const OrderId order : orders) {
        result.push_back(order.value());
    }
    return result;
}

postgres::Deadline soon() {
    return std::chrono::steady_clock::now() + std::chrono::seconds(5);
}

bool lost_a_race(const postgres::StatementError& error) {
    return error.sqlstate() == "40P01" || error.sqlstate() == "40001"; // deadlock, serialization failure
}

} // namespace

Task<std::set<std::string>> PostgresPayments::take(std::vector<OrderNotice> notices, Timestamp now) {
    std::vector<Statement> remember{messaging::remember_events(event_ids(notices))};
    postgres::Transaction transaction = co_await pool_.begin(soon());
    const auto remembered = co_await transaction.execute(std::move(remember));
    std::set<std::string> fresh = first_column(remembered[0]);
    const NoticeWork work = work_of(std::move(notices), fresh, now);
    if (!work.new_payments.empty()) {
        std::vector<Statement> store{insert_new(work.new_payments)};
        if (!work.ended_orders.empty()) {
            store.push_back({lock_payments, Params(numbers(work.ended_orders))});
        }
        const auto stored = co_await transaction.execute(std::move(store));
        std::vector<Statement> voids;
        for (std::size_t i = 1; i < stored.size(); ++i) {
            for (Payment& payment : to_payments(stored[i])) {
                if (!payment.state().void_requested) {
                    payment.request_void(now);
                    voids.push_back(update(payment, now));
                }
            }
        }
        if (!voids.empty()) {
            co_await transaction.execute(std::move(voids));
        }
    }
    co_await transaction.commit();
    due_();
    co_return fresh;
}

Task<std::vector<Payment>> PostgresPayments::claim(Claim claim) {
    Params params(claim.now,
                  claim.now + claim.lease,
                  claim.now - claim.give_up,
                  claim.now + claim.settle,
                  static_cast<std::int64_t>(claim.limit),
                  claim.only_given_up);
    std::vector<Statement> statements{{claim_payments, std::move(params)}};
    const auto results = co_await pool_.execute(std::move(statements), soon());
    co_return to_payments(results[0]);
}

Task<bool> PostgresPayments::save(Payment payment, Timestamp now) {
    std::vector<Statement> statements{update(payment, now)};
    bool saved = false;
    try {
        const auto results = co_await pool_.execute(std::move(statements), soon());
        saved = !results[0].empty();
    } catch (const postgres::StatementError& error) {
        if (!lost_a_race(error)) {
            throw;
        }
    }
    if (saved && payment.announcement()) {
        announced_();
    }
    if (saved && payment.state().status == Status::refunding) {
        due_();
    }
    co_return saved;
}

Task<std::optional<Payment>> PostgresPayments::find(OrderId order) {
    const auto rows = co_await pool_.query(find_payment, Params(order), soon());
    if (rows.empty()) {
        co_return std::nullopt;
    }
    co_return to_payment(rows[0]);
}

} // namespace tandem::payment
