#include "lab/auditor/tests/lawful_orders.hpp"

namespace tandem::audit::tests {
namespace {

const Timestamp placed_at = parse_rfc3339("2026-11-27T10:00:00Z").value();

constexpr const char* fields =
    R"("order_id":7,"user_id":3,"user_email":"a@example.com","items":[{"product_id":1,"product_name":"Mouse",)"
    R"("quantity":2,"price":"10.00"}],"total_amount":"20.00","payment_method":"paypal","shipping_address":null)";
constexpr const char* payment =
    R"("payment_id":5,"amount":"20.00","transaction_id":"ch_9","payment_created_at":"2026-11-27T10:00:00Z")";

std::string mail(const char* template_name, const EventRow& about) {
    return std::string(R"({"template":")") + template_name + R"(","message_id":"<)" +
           to_string(about.event_id) + R"(@tandem.example.com>"})";
}

Dossier placed_order() {
    Dossier dossier{.order_id = 7};
    OrderRow order{.order_id = 7,
                   .user_id = 3,
                   .user_email = "a@example.com",
                   .status = "pending",
                   .total = Money::from_cents(2000),
                   .item_count = 1,
                   .payment_method = "paypal"};
    dossier.orders.push_back(order);
    dossier.items.push_back({7, 1, "Mouse", 2, Money::from_cents(1000)});
    dossier.timings.push_back({7});
    dossier.keys.push_back({7, 3, "click", true});
    dossier.purchases.push_back({7, 3});
    dossier.notices.push_back({7, 3, "order.created"});
    add_event(dossier, "order.created", std::string("{") + fields + "}");
    add_event(dossier, "order.processing");
    dossier.orders.front().created_at = dossier.events.front().created_at;
    return dossier;
}

PaymentNote note(const char* status, const char* transaction) {
    return {5, Money::from_cents(2000), status, transaction, placed_at};
}

} // namespace

void add_event(Dossier& dossier, std::string type, std::string body) {
    const std::int64_t version = std::ssize(dossier.events) + 1;
    EventRow event{.order_id = 7,
                   .version = version,
                   .type = std::move(type),
                   .created_at = placed_at + std::chrono::seconds(version),
                   .body = std::move(body)};
    event.event_id.fill(static_cast<unsigned char>(version));
    dossier.events.push_back(event);
    dossier.orders.front().version = version;
    dossier.orders.front().updated_at = event.created_at;
}

Dossier paid_order() {
    Dossier dossier = placed_order();
    add_event(dossier, "order.paid", std::string("{") + fields + "," + payment + "}");
    add_event(dossier, "email.sent", mail("order_paid", dossier.events.back()));
    dossier.notices.push_back({7, 3, "order.paid"});
    dossier.orders.front().status = "paid";
    dossier.orders.front().payment = note("processed", "ch_9");
    dossier.payments.push_back({7, 5, 3, Money::from_cents(2000), "processed", "ch_9", placed_at});
    dossier.account = Account{7, Money::from_cents(2000), Money(), 9, 9, 1, 0};
    dossier.reservation.push_back({7, "committed", placed_at, 1, 2});
    return dossier;
}

Dossier cancelled_order() {
    Dossier dossier = paid_order();
    add_event(dossier,
              "order.cancelled",
              std::string("{") + fields + R"(,"reason":"cancelled_by_customer","was_paid":true})");
    add_event(dossier, "email.sent", mail("order_cancelled", dossier.events.back()));
    add_event(dossier, "stock.released");
    add_event(dossier, "payment.refunded", std::string("{") + payment + "}");
    dossier.notices.push_back({7, 3, "order.cancelled"});
    dossier.notices.push_back({7, 3, "payment.refunded"});
    dossier.orders.front().status = "cancelled";
    dossier.orders.front().reason = "cancelled_by_customer";
    dossier.orders.front().payment = note("refunded", "ch_9");
    dossier.payments.front().status = "refunded";
    dossier.account = Account{7, Money::from_cents(2000), Money::from_cents(2000), 9, 10, 1, 1};
    dossier.reservation.front().state = "released";
    return dossier;
}

Dossier declined_order() {
    Dossier dossier = placed_order();
    add_event(dossier,
              "order.failed",
              std::string("{") + fields + R"(,"reason":"payment_declined","error_message":"No."})");
    add_event(dossier, "email.sent", mail("order_failed", dossier.events.back()));
    add_event(dossier, "stock.released");
    dossier.notices.push_back({7, 3, "order.failed"});
    dossier.orders.front().status = "failed";
    dossier.orders.front().reason = "payment_declined";
    dossier.orders.front().error_message = "No.";
    dossier.payments.push_back({7, 5, 3, Money::from_cents(2000), "failed", "", placed_at});
    dossier.reservation.push_back({7, "released", placed_at, 1, 2});
    return dossier;
}

} // namespace tandem::audit::tests
