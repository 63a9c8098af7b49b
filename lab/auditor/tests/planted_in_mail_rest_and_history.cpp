#include "lab/auditor/tests/planted.hpp"

namespace tandem::audit::tests {
namespace {

std::function<void(Plot&)> in_orders(const char* sql) {
    return [sql](Plot& plot) { plot.shop.execute(plot.shop.shop.order, sql); };
}

void put_into_mailbox(Plot& plot, const char* subject, Timestamp at) {
    plot.shop.outside.letters.is_reachable = true;
    plot.shop.outside.letters.add(subject, at);
}

const Timestamp before_all_orders = parse_rfc3339("2025-01-01T00:00:00Z").value();

} // namespace

std::vector<Planted> planted_in_mail_rest_and_history() {
    using enum Law;
    return {
        {"mail_missing",
         mail,
         "order 5 has no confirmation",
         in_orders("UPDATE order_events SET body = replace(body, '\"<', '\"<another-')"
                   " WHERE order_id = 5 AND event_type = 'email.sent'")},
        {"mail_not_in_mailbox",
         mail,
         "the mailbox does not hold it",
         [](Plot& plot) { put_into_mailbox(plot, "Welcome to Tandem", before_all_orders); }},
        {"mail_of_nothing",
         mail,
         "order 9",
         [](Plot& plot) { put_into_mailbox(plot, "Order Confirmation - Order #9", before_all_orders); }},
        {"work_waits",
         rest,
         "outbox of order holds 1",
         [](Plot& plot) {
             plot.shop.execute(
                 plot.shop.shop.order,
                 "UPDATE order_events SET published_at = NULL WHERE order_id = 5 AND version = 1");
             plot.options.wait = std::chrono::milliseconds(1);
         }},
        {"given_up",
         rest,
         "1 messages were given up",
         [](Plot& plot) { plot.shop.outside.broker.dead = {{"cart_service_queue.dlq", 1, ""}}; }},
        {"poison_vanished", rest, "2 were injected", [](Plot& plot) { plot.options.poison = 2; }},
        {"lines_without_order", history, "order 5", in_orders("DELETE FROM orders WHERE id = 5")},
        {"events_without_order", history, "order 5", in_orders("DELETE FROM orders WHERE id = 5")},
        {"order_without_events",
         history,
         "order 5",
         in_orders("DELETE FROM order_events WHERE order_id = 5")},
        {"illegal_history",
         history,
         "order 6: version 5",
         in_orders(
             "UPDATE order_events SET event_type = 'order.shipped' WHERE order_id = 6 AND version = 5")},
        {"departs_from_events",
         history,
         "order 5: status is shipped, its events say paid",
         in_orders("UPDATE orders SET status = 'shipped' WHERE id = 5")},
    };
}

} // namespace tandem::audit::tests
