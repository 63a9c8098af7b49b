#include "services/order/infrastructure/order_statements.hpp"

#include "services/order/domain/notice.hpp"
#include "services/order/infrastructure/order_event_json.hpp"

#include <map>

namespace tandem::order {
namespace {

using postgres::Params;
using postgres::Query;
using Numbers = std::vector<std::int64_t>;
using Texts = std::vector<std::string>;

constexpr Query add_events{
    "order.add_events",
    "INSERT INTO order_events (order_id, version, event_id, event_type, routing_key, body, traceparent,"
    " request_id, created_at)"
    " SELECT order_id, version, event_id, event_type, nullif(routing_key, ''), body, traceparent, request_id,"
    " $9::timestamptz"
    " FROM unnest($1::bigint[], $2::int[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[],"
    " $8::text[]) AS e (order_id, version, event_id, event_type, routing_key, body, traceparent, "
    "request_id)"};

constexpr Query add_notices{"order.add_notices",
                            "INSERT INTO notifications (user_id, order_id, type, message, created_at)"
                            " SELECT user_id, order_id, type, message, $5::timestamptz"
                            " FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[])"
                            " AS n (user_id, order_id, type, message)"};

constexpr Query add_orders{
    "order.add_orders",
    "INSERT INTO orders (id, version, user_id, user_email, status, reason, error_message, total_cents,"
    " item_count, payment_method, shipping_address, payment_id, payment_amount_cents, payment_status,"
    " payment_transaction_id, payment_created_at, created_at, updated_at)"
    " SELECT id, version, user_id, user_email, status, nullif(reason, ''), error_message, total_cents,"
    " item_count, payment_method, nullif(shipping_address, ''), nullif(payment_id, 0),"
    " CASE WHEN payment_status <> '' THEN payment_amount_cents END, nullif(payment_status, ''),"
    " nullif(payment_transaction_id, ''), nullif(payment_created_at, '')::timestamptz,"
    " created_at::timestamptz, updated_at::timestamptz"
    " FROM unnest($1::bigint[], $2::int[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[],"
    " $8::bigint[], $9::int[], $10::text[], $11::text[], $12::bigint[], $13::bigint[], $14::text[],"
    " $15::text[], $16::text[], $17::text[], $18::text[])"
    " AS o (id, version, user_id, user_email, status, reason, error_message, total_cents, item_count,"
    " payment_method, shipping_address, payment_id, payment_amount_cents, payment_status,"
    " payment_transaction_id, payment_created_at, created_at, updated_at)"};

constexpr Query add_items{
    "order.add_items",
    "INSERT INTO order_items (order_id, line, product_id, product_name, quantity, price_cents)"
    " SELECT order_id, line, product_id, product_name, quantity, price_cents"
    " FROM unnest($1::bigint[], $2::int[], $3::bigint[], $4::text[], $5::int[], $6::bigint[])"
    " AS i (order_id, line, product_id, product_name, quantity, price_cents)"};

constexpr Query change_orders{
    "order.change_orders",
    "UPDATE orders SET version = n.version, status = n.status, reason = nullif(n.reason, ''),"
    " error_message = n.error_message, payment_id = nullif(n.payment_id, 0),"
    " payment_amount_cents = CASE WHEN n.payment_status <> '' THEN n.payment_amount_cents END,"
    " payment_status = nullif(n.payment_status, ''),"
    " payment_transaction_id = nullif(n.payment_transaction_id, ''),"
    " payment_created_at = nullif(n.payment_created_at, '')::timestamptz,"
    " updated_at = n.updated_at::timestamptz"
    " FROM unnest($1::bigint[], $2::int[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[],"
    " $8::text[], $9::text[], $10::text[], $11::text[])"
    " AS n (id, version, status, reason, error_message, payment_id, payment_amount_cents, payment_status,"
    " payment_transaction_id, payment_created_at, updated_at)"
    " WHERE orders.id = n.id"};

constexpr Query add_duration{"order.keep_duration",
                             "INSERT INTO order_timings (order_id, processing_duration_ms) VALUES ($1, $2)"};
constexpr Query add_key{"order.take_key",
                        "INSERT INTO keyed_orders (user_id, key, order_id) VALUES ($1, $2, $3)"};

template <class Get>
auto column(const std::vector<OrderState>& orders, Get get) {
    std::vector<decltype(get(orders.front()))> values;
    values.reserve(orders.size());
    for (const OrderState& order : orders) {
        values.push_back(get(order));
    }
    return values;
}

std::int64_t version(const OrderState& order) {
    return order.version;
}
std::string status(const OrderState& order) {
    return std::string(to_string(order.status));
}
std::string reason(const OrderState& order) {
    return order.reason ? std::string(to_string(*order.reason)) : std::string();
}
std::int64_t id(const OrderState& order) {
    return order.id.value();
}
std::string error_message(const OrderState& order) {
    return order.error_message;
}
std::string updated_at(const OrderState& order) {
    return to_rfc3339(order.updated_at);
}

void add_payments(Params& params, const std::vector<OrderState>& orders) {
    const Payment none;
    const auto payment = [&none](const OrderState& order) -> const Payment& {
        return order.payment ? *order.payment : none;
    };
    params.add(column(orders, [&](const OrderState& order) { return payment(order).id; }));
    params.add(column(orders, [&](const OrderState& order) { return payment(order).amount.cents(); }));
    params.add(column(orders, [](const OrderState& order) {
        return order.payment ? std::string(to_string(order.payment->status)) : std::string();
    }));
    params.add(column(orders, [&](const OrderState& order) { return payment(order).transaction_id; }));
    params.add(column(orders, [](const OrderState& order) {
        return order.payment ? to_rfc3339(order.payment->created_at) : std::string();
    }));
}

} // namespace

postgres::Statement insert_events(const std::vector<Change>& changes, Timestamp now) {
    Numbers orders, versions;
    Texts ids, types, keys, bodies, traceparents, request_ids;
    for (const Change& change : changes) {
        StoredEvent stored = write_event(change, now);
        orders.push_back(change.after.id.value());
        versions.push_back(change.after.version);
        ids.push_back(std::move(stored.message.event_id));
        types.push_back(std::move(stored.message.event_type));
        keys.push_back(std::move(stored.routing_key).value_or(""));
        bodies.push_back(std::move(stored.message.body));
        traceparents.push_back(change.context.traceparent);
        request_ids.push_back(change.context.request_id);
    }
    return {add_events, Params(orders, versions, ids, types, keys, bodies, traceparents, request_ids, now)};
}

postgres::Statement insert_notices(const std::vector<Change>& changes, Timestamp now) {
    Numbers users, orders;
    Texts types, messages;
    for (const Change& change : changes) {
        if (auto message = notice_for(change.event, change.after)) {
            users.push_back(change.after.user.value());
            orders.push_back(change.after.id.value());
            types.emplace_back(type_of(change.event));
            messages.push_back(*std::move(message));
        }
    }
    return {add_notices, Params(users, orders, types, messages, now)};
}

postgres::Statement insert_orders(const std::vector<OrderState>& orders) {
    Params params(column(orders, id), column(orders, version));
    params.add(column(orders, [](const OrderState& order) { return order.user.value(); }));
    params.add(column(orders, [](const OrderState& order) { return order.user_email; }));
    params.add(column(orders, status)).add(column(orders, reason)).add(column(orders, error_message));
    params.add(column(orders, [](const OrderState& order) { return order.total.cents(); }));
    params.add(column(orders, [](const OrderState& order) { return std::ssize(order.lines); }));
    params.add(
        column(orders, [](const OrderState& order) { return std::string(to_string(order.payment_method)); }));
    params.add(column(orders, [](const OrderState& order) { return order.shipping_address.value_or(""); }));
    add_payments(params, orders);
    params.add(column(orders, [](const OrderState& order) { return to_rfc3339(order.created_at); }));
    params.add(column(orders, updated_at));
    return {add_orders, std::move(params)};
}

postgres::Statement insert_items(const std::vector<OrderState>& orders) {
    Numbers ids, lines, products, quantities, prices;
    Texts names;
    for (const OrderState& order : orders) {
        std::int64_t number = 0;
        for (const OrderLine& line : order.lines) {
            ids.push_back(order.id.value());
            lines.push_back(number++);
            products.push_back(line.product.value());
            names.push_back(line.product_name);
            quantities.push_back(line.quantity);
            prices.push_back(line.price.cents());
        }
    }
    return {add_items, Params(ids, lines, products, names, quantities, prices)};
}

postgres::Statement update_orders(const std::vector<OrderState>& orders) {
    Params params(column(orders, id), column(orders, version));
    params.add(column(orders, status)).add(column(orders, reason)).add(column(orders, error_message));
    add_payments(params, orders);
    params.add(column(orders, updated_at));
    return {change_orders, std::move(params)};
}

postgres::Statement insert_duration(OrderId order, std::chrono::milliseconds took) {
    return {add_duration, Params(order, std::int64_t{took.count()})};
}

postgres::Statement insert_key(UserId user, const std::string& key, OrderId order) {
    return {add_key, Params(user, key, order)};
}

std::vector<OrderState> last_states(const std::vector<Change>& changes) {
    std::map<OrderId, const OrderState*> last;
    for (const Change& change : changes) {
        last[change.after.id] = &change.after;
    }
    std::vector<OrderState> states;
    states.reserve(last.size());
    for (const auto& [order, state] : last) {
        states.push_back(*state);
    }
    return states;
}

} // namespace tandem::order
