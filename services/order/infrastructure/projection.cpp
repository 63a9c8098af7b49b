#include "services/order/infrastructure/projection.hpp"

#include "services/order/infrastructure/order_rows.hpp"
#include "services/order/infrastructure/order_statements.hpp"

namespace tandem::order {
namespace {

using postgres::Params;
using postgres::Query;

constexpr std::int64_t batch = 200;

constexpr Query lock_next{"projection.lock",
                          "SELECT id FROM orders WHERE id = ANY($1::bigint[]) ORDER BY id FOR UPDATE"};
constexpr Query next_orders{"projection.next",
                            "SELECT order_id FROM order_events WHERE order_id > $1 AND version = 1"
                            " ORDER BY order_id LIMIT $2"};
constexpr Query load_events{"projection.load",
                            "SELECT order_id, version, event_type, body, created_at FROM order_events"
                            " WHERE order_id = ANY($1::bigint[]) ORDER BY order_id, version"};
constexpr Query take_rows{
    "projection.take_rows",
    "WITH items AS (DELETE FROM order_items WHERE order_id = ANY($1::bigint[]) RETURNING *),"
    " o AS (DELETE FROM orders WHERE id = ANY($1::bigint[]) RETURNING *)"
    " SELECT o.id, o.version, o.user_id, o.user_email, o.status, o.reason, o.error_message, o.total_cents,"
    " o.payment_method, o.shipping_address, o.payment_id, o.payment_amount_cents, o.payment_status,"
    " o.payment_transaction_id, o.payment_created_at, o.created_at, o.updated_at, NULL,"
    " i.product_id, i.product_name, i.quantity, i.price_cents"
    " FROM o JOIN items i ON i.order_id = o.id ORDER BY o.id, i.line"};

std::int64_t differences(const std::vector<OrderState>& replayed, std::map<OrderId, OrderState> rows) {
    std::int64_t count = 0;
    for (const OrderState& state : replayed) {
        const auto row = rows.find(state.id);
        count += row == rows.end() || row->second != state ? 1 : 0;
    }
    return count;
}

} // namespace

Task<std::int64_t> Projection::rebuild() {
    std::int64_t differed = 0;
    Step step;
    do {
        step = co_await rebuild_after(step.last_order);
        differed += step.differed;
    } while (step.orders > 0);
    co_return differed;
}

Task<Projection::Step> Projection::rebuild_after(std::int64_t order) {
    auto transaction = co_await pool_.begin();
    Params next(order, batch);
    const auto ids = co_await transaction.query(next_orders, std::move(next));
    if (ids.empty()) {
        co_return Step{};
    }
    // By id, not by range: an order with an id in between may be committed between two statements.
    std::vector<std::int64_t> chosen;
    for (const postgres::Row row : ids) {
        chosen.push_back(row.integer(0));
    }
    std::vector<postgres::Statement> reading{
        {lock_next, Params(chosen)}, {load_events, Params(chosen)}, {take_rows, Params(chosen)}};
    const auto results = co_await transaction.execute(std::move(reading));
    std::vector<OrderState> states;
    for (const auto& [id, replayed] : replay(results[1])) {
        states.push_back(replayed.state());
    }
    std::vector<postgres::Statement> writing{insert_orders(states), insert_items(states)};
    co_await transaction.execute(std::move(writing));
    co_await transaction.commit();
    co_return Step{chosen.back(), ids.size(), differences(states, read_orders(results[2]))};
}

} // namespace tandem::order
