#include "lab/auditor/tests/planted.hpp"

namespace tandem::audit::tests {
namespace {

std::function<void(Plot&)> in_orders(const char* sql) {
    return [sql](Plot& plot) { plot.shop.execute(plot.shop.shop.order, sql); };
}

std::function<void(Plot&)> promised(const char* lines) {
    return [lines](Plot& plot) { plot.promise(lines); };
}

} // namespace

std::vector<Planted> planted_in_orders() {
    using enum Law;
    return {
        {"order_lost", orders, "order 77", promised(R"({"order_id":77,"user_id":3,"total_amount":"1.00"})")},
        {"order_of_another", orders, "order 5", promised(R"({"order_id":5,"user_id":7})")},
        {"order_differs", orders, "order 5", promised(R"({"order_id":5,"user_id":6,"total_amount":"0.01"})")},
        {"key_forgotten",
         orders,
         "order 5",
         promised(R"({"order_id":5,"user_id":6,"idempotency_key":"another"})")},
        {"order_of_two_checkouts",
         orders,
         "order 5",
         promised("{\"order_id\":5,\"user_id\":6,\"idempotency_key\":\"key-5\"}\n"
                  "{\"order_id\":5,\"user_id\":6,\"idempotency_key\":\"key-6\"}")},
        {"two_orders_of_one_key",
         orders,
         "orders 5 and 15",
         promised("{\"order_id\":5,\"user_id\":6,\"idempotency_key\":\"key-5\"}\n"
                  "{\"order_id\":15,\"user_id\":6,\"idempotency_key\":\"key-5\"}")},
        {"key_without_order",
         orders,
         "order 77",
         in_orders("INSERT INTO keyed_orders VALUES (3, 'lost', 77)")},
        {"order_of_two_keys",
         orders,
         "order 5",
         in_orders("INSERT INTO keyed_orders VALUES (6, 'second', 5)")},
        {"key_of_another",
         orders,
         "order 5",
         in_orders("UPDATE keyed_orders SET user_id = 9 WHERE order_id = 5")},
        {"key_without_answer",
         orders,
         "order 5",
         in_orders("DELETE FROM idempotency_keys WHERE key = 'key-5'")},
        {"answered_order_lost", orders, "order 77", in_orders("INSERT INTO order_timings VALUES (77, 5)")},
        {"order_in_no_state",
         orders,
         "order 5 is 'lost'",
         in_orders("UPDATE orders SET status = 'lost' WHERE id = 5")},
        {"order_open",
         orders,
         "order 5 has not ended",
         [](Plot& plot) {
             plot.shop.execute(plot.shop.shop.order, "UPDATE orders SET status = 'processing' WHERE id = 5");
             plot.options.wait = std::chrono::milliseconds(1);
         }},
    };
}

} // namespace tandem::audit::tests
