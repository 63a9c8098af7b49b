#include "libs/messaging/inbox.hpp"
#include "services/order/infrastructure/order_rows.hpp"
#include "services/order/infrastructure/order_spans.hpp"
#include "services/order/infrastructure/order_statements.hpp"
#include "services/order/infrastructure/postgres_orders.hpp"

#include <algorithm>

namespace tandem::order {
namespace {

using postgres::Params;
using postgres::Query;

constexpr Query lock_orders{"order.lock",
                            "SELECT id FROM orders WHERE id = ANY ($1::bigint[]) ORDER BY id FOR UPDATE"};
constexpr Query load_events{"order.load",
                            "SELECT order_id, version, event_type, body, created_at FROM order_events"
                            " WHERE order_id = ANY ($1::bigint[]) ORDER BY order_id, version"};
constexpr Query put_back{"order.put_back", "DELETE FROM inbox WHERE event_id = ANY ($1::uuid[])"};

/// Somebody else changed the same order, or two transactions waited for each other: the next
/// attempt sees what they did.
bool may_succeed_again(const postgres::StatementError& error) {
    return error.unique_violation() || error.sqlstate() == "40P01" || error.sqlstate() == "40001";
}

std::vector<OrderId> changed_orders(const std::vector<Change>& changes) {
    std::vector<OrderId> orders;
    for (const Change& change : changes) {
        if (orders.empty() || orders.back() != change.after.id) {
            orders.push_back(change.after.id);
        }
    }
    return orders;
}

} // namespace

Task<> PostgresOrders::change(std::vector<OrderId> ids,
                              std::vector<std::string> event_ids,
                              Decide decide,
                              Deadline begin_by) {
    for (int attempt = 1;; ++attempt) {
        try {
            co_await change_once(ids, event_ids, decide, begin_by);
            co_return;
        } catch (const postgres::StatementError& error) {
            if (attempt == attempts_max || !may_succeed_again(error)) {
                throw;
            }
        }
    }
}

Task<> PostgresOrders::change_once(std::vector<OrderId> ids,
                                   std::vector<std::string> event_ids,
                                   Decide decide,
                                   Deadline begin_by) {
    const Timestamp began = clock_.now();
    auto transaction = co_await pool_.begin(begin_by);
    HeldOrders held = co_await hold(transaction, std::move(ids), event_ids);
    throw_if_past(begin_by); // somebody else may have held them for long
    decide(held);
    if (held.changes().empty() && event_ids.empty()) {
        co_return;
    }
    std::vector<Change> changes = held.changes();
    ChangeSpans spans(changes, began);
    try {
        co_await store(transaction, held, changes);
        co_await transaction.commit();
    } catch (const std::exception& error) {
        spans.fail(error.what());
        throw;
    }
    announce(changed_orders(changes));
}

Task<HeldOrders> PostgresOrders::hold(postgres::Transaction& transaction,
                                      std::vector<OrderId> ids,
                                      std::vector<std::string> event_ids) {
    std::vector<std::int64_t> numbers;
    std::ranges::transform(ids, std::back_inserter(numbers), &OrderId::value);
    std::vector<postgres::Statement> statements;
    statements.push_back({lock_orders, Params(numbers)});
    statements.push_back({load_events, Params(numbers)});
    if (!event_ids.empty()) {
        statements.push_back(messaging::remember_events(event_ids));
    }
    const auto results = co_await transaction.execute(std::move(statements));
    std::set<std::string> fresh;
    if (results.size() > 2) {
        for (const postgres::Row row : results[2]) {
            fresh.insert(row.text(0));
        }
    }
    co_return HeldOrders(replay(results[1]), std::move(fresh), clock_.now());
}

Task<> PostgresOrders::store(postgres::Transaction& transaction,
                             const HeldOrders& held,
                             const std::vector<Change>& changes) {
    std::vector<postgres::Statement> statements;
    if (!changes.empty()) {
        statements.push_back(insert_events(changes, held.now()));
        statements.push_back(update_orders(last_states(changes)));
        statements.push_back(insert_notices(changes, held.now()));
    }
    if (!held.messages_put_back().empty()) {
        statements.push_back({put_back, Params(held.messages_put_back())});
    }
    if (!statements.empty()) {
        co_await transaction.execute(std::move(statements));
    }
}

} // namespace tandem::order
