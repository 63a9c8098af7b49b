#include "services/order/infrastructure/postgres_orders.hpp"

#include "services/order/infrastructure/order_rows.hpp"
#include "services/order/infrastructure/order_spans.hpp"
#include "services/order/infrastructure/order_statements.hpp"

#include <algorithm>

namespace tandem::order {
namespace {

using postgres::Params;
using postgres::Query;

constexpr Query draw_ids{"order.draw_ids", "SELECT nextval('order_ids') FROM generate_series(1, $1::int)"};
constexpr Query find_order{
    "order.find",
    "SELECT o.id, o.version, o.user_id, o.user_email, o.status, o.reason, o.error_message, o.total_cents,"
    " o.payment_method, o.shipping_address, o.payment_id, o.payment_amount_cents, o.payment_status,"
    " o.payment_transaction_id, o.payment_created_at, o.created_at, o.updated_at, t.processing_duration_ms,"
    " i.product_id, i.product_name, i.quantity, i.price_cents"
    " FROM orders o JOIN order_items i ON i.order_id = o.id LEFT JOIN order_timings t ON t.order_id = o.id"
    " WHERE o.id = $1 ORDER BY i.line"};
#define TANDEM_SELECT_SUMMARY                                                                                \
    "SELECT id, user_id, user_email, status, reason, total_cents, item_count, payment_method, created_at,"   \
    " updated_at FROM orders"
constexpr Query list_orders{"order.list",
                            TANDEM_SELECT_SUMMARY
                            " WHERE user_id = $1 ORDER BY created_at DESC, id DESC OFFSET $2 LIMIT $3"};
constexpr Query list_all_orders{"order.list_all",
                                TANDEM_SELECT_SUMMARY " WHERE id < $1 ORDER BY id DESC LIMIT $2"};
constexpr Query list_in_status{
    "order.list_in_status", TANDEM_SELECT_SUMMARY " WHERE status = $1 AND id < $2 ORDER BY id DESC LIMIT $3"};
constexpr Query read_history{"order.history",
                             "SELECT order_id, version, event_type, body, created_at FROM order_events"
                             " WHERE order_id = $1 ORDER BY version"};
constexpr Query find_overdue{"order.overdue",
                             "SELECT id FROM orders WHERE status IN ('pending', 'processing')"
                             " AND created_at < $1 ORDER BY created_at LIMIT $2"};
constexpr Query read_versions{"order.versions",
                              "SELECT id, version FROM orders WHERE id = ANY ($1::bigint[])"};

std::vector<OrderSummary> read_summaries(const postgres::Rows& rows) {
    std::vector<OrderSummary> orders;
    for (const postgres::Row row : rows) {
        orders.push_back(read_summary(row));
    }
    return orders;
}

} // namespace

Task<OrderId> PostgresOrders::next_id(Deadline begin_by) {
    throw_if_past(begin_by); // before a number is drawn that no order will have
    if (ids_.empty()) {
        std::vector<postgres::Statement> unit{{draw_ids, Params(id_block)}};
        const auto results = co_await pool_.execute(std::move(unit), postgres::BeginBy{begin_by});
        keep_ids(results.at(0));
    }
    const OrderId id = ids_.front();
    ids_.pop_front();
    co_return id;
}

Task<std::optional<OrderState>> PostgresOrders::add(NewOrder order) {
    const Timestamp now = clock_.now();
    Order placed;
    placed.apply(order.placed, now);
    const OrderState state = placed.state();
    const std::vector<OrderState> states{state};
    std::vector<Change> changes;
    changes.push_back({std::move(order.placed), state, std::move(order.context)});
    ChangeSpans spans(changes, now);
    std::vector<postgres::Statement> unit{insert_events(changes, now),
                                          insert_orders(states),
                                          insert_items(states),
                                          insert_notices(changes, now),
                                          insert_duration(state.id, order.took)};
    if (!order.idempotency_key.empty()) {
        unit.push_back(insert_key(state.user, order.idempotency_key, state.id));
    }
    const bool draws_ids = ids_.size() <= ids_low;
    if (draws_ids) {
        unit.push_back({draw_ids, Params(id_block)});
    }
    try {
        const auto results = co_await pool_.execute(std::move(unit), postgres::BeginBy{order.begin_by});
        if (draws_ids) {
            keep_ids(results.back());
        }
    } catch (const postgres::StatementError& error) {
        spans.fail(error.what());
        if (error.constraint() == "one_order_per_key") {
            co_return std::nullopt;
        }
        throw;
    }
    announce({state.id});
    co_return state;
}

Task<std::optional<StoredOrder>> PostgresOrders::find(OrderId order) {
    Params params(order);
    const auto rows = co_await pool_.query(find_order, std::move(params));
    co_return read_order(rows);
}

Task<std::vector<OrderSummary>> PostgresOrders::list(UserId user, std::int64_t skip, std::int64_t limit) {
    Params params(user, skip, limit);
    const auto rows = co_await pool_.query(list_orders, std::move(params));
    co_return read_summaries(rows);
}

Task<std::vector<OrderSummary>> PostgresOrders::list_all(OrderFilter filter) {
    Params params;
    if (filter.status) {
        params.add(to_string(*filter.status));
    }
    params.add(filter.before).add(filter.limit);
    const auto rows =
        co_await pool_.query(filter.status ? list_in_status : list_all_orders, std::move(params));
    co_return read_summaries(rows);
}

Task<std::vector<RecordedEvent>> PostgresOrders::history(OrderId order) {
    Params params(order);
    const auto rows = co_await pool_.query(read_history, std::move(params));
    std::vector<RecordedEvent> events;
    for (const postgres::Row row : rows) {
        events.push_back(read_recorded_event(row));
    }
    co_return events;
}

Task<std::vector<OrderId>> PostgresOrders::open_since_before(Timestamp moment, std::int64_t limit) {
    Params params(moment, limit);
    const auto rows = co_await pool_.query(find_overdue, std::move(params));
    std::vector<OrderId> orders;
    for (const postgres::Row row : rows) {
        orders.emplace_back(row.integer(0));
    }
    co_return orders;
}

Task<std::vector<std::pair<OrderId, int>>> PostgresOrders::versions(std::vector<OrderId> orders) {
    std::vector<std::int64_t> ids;
    std::ranges::transform(orders, std::back_inserter(ids), &OrderId::value);
    Params params(ids);
    const auto rows = co_await pool_.query(read_versions, std::move(params));
    std::vector<std::pair<OrderId, int>> found;
    for (const postgres::Row row : rows) {
        found.emplace_back(OrderId(row.integer(0)), static_cast<int>(row.integer(1)));
    }
    co_return found;
}

void PostgresOrders::throw_if_past(Deadline begin_by) {
    if (std::chrono::steady_clock::now() >= begin_by) {
        throw DeadlineExceeded("order: past its deadline");
    }
}

void PostgresOrders::keep_ids(const postgres::Rows& rows) {
    for (const postgres::Row row : rows) {
        ids_.emplace_back(row.integer(0));
    }
}

void PostgresOrders::announce(const std::vector<OrderId>& orders) const {
    if (on_commit_) {
        on_commit_(orders);
    }
}

messaging::OutboxQueries order_outbox_queries() {
    return {
        .take = {"order.outbox_take",
                 "SELECT position, event_id::text, routing_key, event_type, body, traceparent, request_id"
                 " FROM order_events WHERE routing_key IS NOT NULL AND published_at IS NULL"
                 " ORDER BY position LIMIT $1"},
        .mark = {"order.outbox_mark",
                 "UPDATE order_events SET published_at = now() WHERE position = ANY ($1::bigint[])"
                 " AND routing_key IS NOT NULL AND published_at IS NULL"},
        .lag = {"order.outbox_lag",
                "SELECT count(*), coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8"
                " FROM order_events WHERE routing_key IS NOT NULL AND published_at IS NULL"},
    };
}

} // namespace tandem::order
