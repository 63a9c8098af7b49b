#include "services/order/infrastructure/order_event_json.hpp"

#include "libs/json/writer.hpp"

#include <variant>

namespace tandem::order {
namespace {

struct Naming {
    std::string_view routing_key; ///< for internal events too: it gives the type
    bool published;
};

struct NameOf {
    Naming operator()(const Placed&) const { return {"order.order.created", true}; }
    Naming operator()(const Processing&) const { return {"order.order.processing", false}; }
    Naming operator()(const Paid&) const { return {"order.order.paid", true}; }
    Naming operator()(const Failed&) const { return {"order.order.failed", true}; }
    Naming operator()(const Cancelled&) const { return {"order.order.cancelled", true}; }
    Naming operator()(const Shipped&) const { return {"order.order.shipped", true}; }
    Naming operator()(const Delivered&) const { return {"order.order.delivered", false}; }
    Naming operator()(const Refunded&) const { return {"order.payment.refunded", false}; }
    Naming operator()(const StockReleased&) const { return {"order.stock.released", false}; }
    Naming operator()(const MailSent&) const { return {"order.email.sent", false}; }
    Naming operator()(const MailFailed&) const { return {"order.email.failed", false}; }
};

void write_order(json::Writer& out, const OrderState& order) {
    out.member("order_id", order.id).member("user_id", order.user).member("user_email", order.user_email);
    out.key("items").begin_array();
    for (const OrderLine& line : order.lines) {
        out.begin_object()
            .member("product_id", line.product)
            .member("product_name", line.product_name)
            .member("quantity", line.quantity)
            .member("price", line.price)
            .end_object();
    }
    out.end_array();
    out.member("total_amount", order.total).member("payment_method", to_string(order.payment_method));
    out.key("shipping_address").raw(order.shipping_address ? *order.shipping_address : "null");
}

void write_payment(json::Writer& out, const Payment& payment) {
    out.member("payment_id", payment.id).member("amount", payment.amount);
    out.key("transaction_id");
    if (payment.transaction_id.empty()) {
        out.null();
    } else {
        out.string(payment.transaction_id);
    }
    out.member("payment_created_at", payment.created_at);
}

struct WriteFields {
    json::Writer& out;
    const OrderState& order;

    void operator()(const Paid& event) const {
        write_order(out, order);
        write_payment(out, event.payment);
    }
    void operator()(const Failed& event) const {
        write_order(out, order);
        out.member("reason", to_string(event.reason)).member("error_message", event.error_message);
        if (event.payment) {
            write_payment(out, *event.payment);
        }
    }
    void operator()(const Cancelled& event) const {
        write_order(out, order);
        out.member("reason", to_string(event.reason)).member("was_paid", event.was_paid);
    }
    void operator()(const Refunded& event) const {
        out.member("order_id", order.id);
        write_payment(out, event.payment);
    }
    void operator()(const StockReleased& event) const {
        out.member("order_id", order.id).member("reason", event.reason);
    }
    void operator()(const MailSent& event) const {
        out.member("order_id", order.id);
        out.member("template", event.template_name).member("message_id", event.message_id);
    }
    void operator()(const MailFailed& event) const {
        (*this)(MailSent{event.template_name, event.message_id});
        out.member("error_message", event.error_message);
    }
    void operator()(const Processing&) const { out.member("order_id", order.id); }
    void operator()(const Delivered&) const { out.member("order_id", order.id); }
    void operator()(const Placed&) const { write_order(out, order); }
    void operator()(const Shipped&) const { write_order(out, order); }
};

} // namespace

StoredEvent write_event(const Change& change, Timestamp now) {
    json::Writer fields;
    fields.begin_object();
    std::visit(WriteFields{fields, change.after}, change.event);
    fields.end_object();
    const Naming name = std::visit(NameOf(), change.event);
    StoredEvent stored;
    stored.message = messaging::make_event(std::string(name.routing_key), fields.view(), now, change.context);
    if (name.published) {
        stored.routing_key = stored.message.routing_key;
    }
    return stored;
}

std::string_view type_of(const OrderEvent& event) {
    const std::string_view key = std::visit(NameOf(), event).routing_key;
    return key.substr(key.find('.') + 1);
}

} // namespace tandem::order
