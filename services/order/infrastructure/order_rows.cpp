#include "services/order/infrastructure/order_rows.hpp"

#include "services/order/infrastructure/order_event_json.hpp"

namespace tandem::order {
namespace {

std::optional<Reason> read_reason(const postgres::Row& row, int column) {
    const auto word = row.optional_text(column);
    return word ? parse_reason(*word) : std::nullopt;
}

std::optional<Payment> read_payment(const postgres::Row& row, int first) {
    const auto status = row.optional_text(first + 2);
    if (!status) {
        return std::nullopt;
    }
    return Payment{row.optional_integer(first).value_or(0),
                   row.money(first + 1),
                   parse_payment_status(*status).value(),
                   row.optional_text(first + 3).value_or(""),
                   row.timestamp(first + 4)};
}

OrderState read_state(const postgres::Row& row) {
    OrderState order;
    order.id = OrderId(row.integer(0));
    order.version = static_cast<int>(row.integer(1));
    order.user = UserId(row.integer(2));
    order.user_email = row.text(3);
    order.status = parse_order_status(row.text(4)).value();
    order.reason = read_reason(row, 5);
    order.error_message = row.text(6);
    order.total = row.money(7);
    order.payment_method = parse_payment_method(row.text(8)).value();
    order.shipping_address = row.optional_text(9);
    order.payment = read_payment(row, 10);
    order.created_at = row.timestamp(15);
    order.updated_at = row.timestamp(16);
    return order;
}

OrderLine read_line(const postgres::Row& row) {
    return {ProductId(row.integer(18)), row.text(19), static_cast<int>(row.integer(20)), row.money(21)};
}

} // namespace

std::map<OrderId, OrderState> read_orders(const postgres::Rows& rows) {
    std::map<OrderId, OrderState> orders;
    for (const postgres::Row row : rows) {
        const OrderId id(row.integer(0));
        if (!orders.contains(id)) {
            orders[id] = read_state(row);
        }
        orders[id].lines.push_back(read_line(row));
    }
    return orders;
}

std::optional<StoredOrder> read_order(const postgres::Rows& rows) {
    if (rows.empty()) {
        return std::nullopt;
    }
    StoredOrder order{read_state(rows[0]), rows[0].optional_integer(17).value_or(0)};
    for (const postgres::Row row : rows) {
        order.state.lines.push_back(read_line(row));
    }
    return order;
}

OrderSummary read_summary(const postgres::Row& row) {
    return {OrderId(row.integer(0)),
            UserId(row.integer(1)),
            row.text(2),
            parse_order_status(row.text(3)).value(),
            read_reason(row, 4),
            row.money(5),
            row.integer(6),
            parse_payment_method(row.text(7)).value(),
            row.timestamp(8),
            row.timestamp(9)};
}

RecordedEvent read_recorded_event(const postgres::Row& row) {
    RecordedEvent event{
        static_cast<int>(row.integer(1)), row.timestamp(4), row.text(2), row.text(3), Processing{}};
    event.event = read_event(event.type, event.body);
    return event;
}

std::map<OrderId, Order> replay(const postgres::Rows& rows) {
    std::map<OrderId, Order> orders;
    for (const postgres::Row row : rows) {
        const RecordedEvent event = read_recorded_event(row);
        orders[OrderId(row.integer(0))].apply(event.event, event.at);
    }
    return orders;
}

} // namespace tandem::order
