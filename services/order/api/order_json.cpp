#include "services/order/api/order_json.hpp"

#include "libs/json/writer.hpp"

namespace tandem::order {
namespace {

void write_reason(json::Writer& out, const std::optional<Reason>& reason) {
    out.key("reason");
    if (reason) {
        out.string(to_string(*reason));
    } else {
        out.null();
    }
}

void write_payment(json::Writer& out, const OrderState& order) {
    out.key("payment");
    if (!order.payment) {
        out.null();
        return;
    }
    const Payment& payment = *order.payment;
    out.begin_object()
        .member("id", payment.id)
        .member("amount", payment.amount)
        .member("status", to_string(payment.status))
        .member("payment_method", to_string(order.payment_method))
        .key("transaction_id");
    if (payment.transaction_id.empty()) {
        out.null();
    } else {
        out.string(payment.transaction_id);
    }
    out.member("created_at", payment.created_at).end_object();
}

/// An id of its own for each line of each order: an order has at most `Order::lines_max` lines.
std::int64_t item_id(OrderId order, std::size_t line) {
    return order.value() * static_cast<std::int64_t>(Order::lines_max) + static_cast<std::int64_t>(line);
}

void write_items(json::Writer& out, const OrderState& order) {
    out.key("items").begin_array();
    for (std::size_t i = 0; i < order.lines.size(); ++i) {
        const OrderLine& line = order.lines[i];
        out.begin_object()
            .member("id", item_id(order.id, i))
            .member("product_id", line.product)
            .member("product_name", line.product_name)
            .member("quantity", line.quantity)
            .member("price", line.price)
            .member("price_snapshot", line.price)
            .member("subtotal", line.subtotal())
            .end_object();
    }
    out.end_array();
}

void write_one(json::Writer& out, const OrderSummary& order) {
    out.begin_object()
        .member("id", order.id)
        .member("user_id", order.user)
        .member("user_email", order.user_email)
        .member("status", to_string(order.status));
    write_reason(out, order.reason);
    out.member("total_amount", order.total)
        .member("item_count", order.item_count)
        .member("payment_method", to_string(order.payment_method))
        .member("created_at", order.created_at)
        .member("updated_at", order.updated_at)
        .end_object();
}

void write_one(json::Writer& out, const RecordedEvent& event) {
    out.begin_object()
        .member("version", event.version)
        .member("type", event.type)
        .member("created_at", event.at)
        .key("data")
        .raw(event.body)
        .end_object();
}

void write_one(json::Writer& out, const Notification& notification) {
    out.begin_object()
        .member("id", notification.id)
        .member("order_id", notification.order)
        .member("type", notification.type)
        .member("message", notification.message)
        .member("read", notification.read)
        .member("created_at", notification.created_at)
        .end_object();
}

void write_one(json::Writer& out, const DeadLetter& letter) {
    out.begin_object()
        .member("queue", letter.queue)
        .member("event_id", letter.event_id)
        .member("event_type", letter.event_type)
        .member("attempt", letter.attempt)
        .member("error", letter.error)
        .member("body", letter.body)
        .end_object();
}

template <class Item>
std::string write_all(const std::vector<Item>& items) {
    json::Writer out;
    out.begin_array();
    for (const Item& item : items) {
        write_one(out, item);
    }
    out.end_array();
    return std::move(out).text();
}

} // namespace

std::string write_order(const StoredOrder& stored) {
    const OrderState& order = stored.state;
    json::Writer out;
    out.begin_object()
        .member("id", order.id)
        .member("user_id", order.user)
        .member("user_email", order.user_email)
        .member("status", to_string(order.status));
    write_reason(out, order.reason);
    out.member("total_amount", order.total)
        .key("shipping_address")
        .raw(order.shipping_address ? *order.shipping_address : "null")
        .member("payment_method", to_string(order.payment_method));
    write_items(out, order);
    write_payment(out, order);
    out.member("processing_duration_ms", stored.processing_duration_ms)
        .member("created_at", order.created_at)
        .member("updated_at", order.updated_at)
        .end_object();
    return std::move(out).text();
}

std::string write_status(const StoredOrder& stored) {
    json::Writer out;
    out.begin_object().member("id", stored.state.id).member("status", to_string(stored.state.status));
    write_reason(out, stored.state.reason);
    write_payment(out, stored.state);
    out.member("processing_duration_ms", stored.processing_duration_ms).end_object();
    return std::move(out).text();
}

std::string write_summaries(const std::vector<OrderSummary>& orders) {
    return write_all(orders);
}

std::string write_history(const std::vector<RecordedEvent>& events) {
    return write_all(events);
}

std::string write_notification(const Notification& notification) {
    json::Writer out;
    write_one(out, notification);
    return std::move(out).text();
}

std::string write_notifications(const std::vector<Notification>& notifications) {
    return write_all(notifications);
}

std::string write_dead_letters(const std::vector<DeadLetter>& letters) {
    return write_all(letters);
}

std::string write_replayed(const std::string& queue, std::size_t count) {
    json::Writer out;
    out.begin_object()
        .member("queue", queue)
        .member("replayed", static_cast<std::int64_t>(count))
        .end_object();
    return std::move(out).text();
}

} // namespace tandem::order
