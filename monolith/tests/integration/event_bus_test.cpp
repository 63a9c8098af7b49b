#include "monolith/tests/integration/buses.hpp"

namespace tandem::monolith {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;
using ::testing::UnorderedElementsAreArray;

#define TANDEM_INSERT_INTO(outbox)                                                                           \
    "INSERT INTO " outbox " (event_id, routing_key, event_type, body, traceparent, request_id)"              \
    " VALUES ($1::uuid, $2, $3, $4, 'trace', 'request')"

constexpr std::string_view of_users = TANDEM_INSERT_INTO("users.outbox");
constexpr std::string_view of_catalog = TANDEM_INSERT_INTO("catalog.outbox");
constexpr std::string_view of_payments = TANDEM_INSERT_INTO("payments.outbox");
constexpr std::string_view of_mails = TANDEM_INSERT_INTO("public.outbox");
constexpr std::string_view of_orders =
    "INSERT INTO orders.order_events (order_id, version, event_id, routing_key, event_type, body, "
    "traceparent,"
    " request_id, created_at) VALUES (5, 1, $1::uuid, $2, $3, $4, 'trace', 'request', now())";

class RoutingTest : public EventBusTest {
protected:
    void keep_order_5() {
        execute(
            "INSERT INTO orders.orders (id, version, user_id, user_email, status, error_message, total_cents,"
            " item_count, payment_method, created_at, updated_at)"
            " VALUES (5, 1, 7, 'a@example.com', 'paid', '', 100, 1, 'paypal', now(), now())");
    }
    std::int64_t left_in_outboxes() {
        return number("SELECT (SELECT count(*) FROM users.outbox) + (SELECT count(*) FROM catalog.outbox)"
                      " + (SELECT count(*) FROM payments.outbox) + (SELECT count(*) FROM public.outbox)"
                      " + (SELECT count(*) FROM orders.order_events WHERE published_at IS NULL)");
    }
    void until_all_is_done() {
        until("rest", [&] { return left_in_outboxes() == 0 && waiting() == 0; });
    }
};

TEST_F(RoutingTest, BringsEachOutboxsEventsToEachQueueThatWantsThemOnce) {
    const auto registered = store_in(of_users, "user.user.registered", "{}");
    const auto released = store_in(of_catalog, "product.stock.released", "{}");
    const auto refunded = store_in(of_payments, "payment.payment.refunded", "{}");
    const auto sent = store_in(of_mails, "email.email.sent", "{}");
    const auto cancelled = store_in(of_orders, "order.order.cancelled", "{}");
    Listener one;
    Listener other;
    start(
        {{"one", {"user.user.registered", "product.stock.released", "order.order.cancelled"}, one.handler()},
         {"other",
          {"payment.payment.refunded", "email.email.sent", "order.order.cancelled"},
          other.handler()}});
    until_all_is_done();

    EXPECT_THAT(one.ids(), UnorderedElementsAre(registered, released, cancelled));
    EXPECT_THAT(other.ids(), UnorderedElementsAre(refunded, sent, cancelled));
}

TEST_F(RoutingTest, HandsAnEventOverAsItWasStored) {
    store_in(of_users, "user.user.registered", R"({"user_id":7})");
    Listener listener;
    start("queue", listener);
    until_all_is_done();

    ASSERT_EQ(listener.seen.size(), 1U);
    const Delivery& delivery = listener.seen.front();
    EXPECT_EQ(delivery.routing_key, "user.user.registered");
    EXPECT_EQ(delivery.event_type, "user.registered");
    EXPECT_EQ(delivery.body, R"({"user_id":7})");
    EXPECT_EQ(delivery.context.traceparent, "trace");
    EXPECT_EQ(delivery.context.request_id, "request");
    EXPECT_EQ(delivery.attempt, 1);
}

TEST_F(RoutingTest, ForgetsWhatNobodyWantsAndKeepsWhatIsNoEvent) {
    store_in(of_catalog, "product.product.changed", "{}");
    execute("INSERT INTO orders.order_events (order_id, version, event_id, event_type, body, traceparent,"
            " request_id, created_at)"
            " VALUES (5, 1, gen_random_uuid(), 'order.processing', '{}', '', '', now())");
    Listener listener;
    start("queue", listener);
    until("the outbox", [&] { return number("SELECT count(*) FROM catalog.outbox") == 0; });

    EXPECT_EQ(waiting(), 0);
    EXPECT_THAT(listener.seen, IsEmpty());
    EXPECT_EQ(number("SELECT count(*) FROM orders.order_events WHERE published_at IS NOT NULL"), 0);
}

TEST_F(RoutingTest, KeepsTheOrderOfAQueueThroughManyBatches) {
    std::vector<std::string> ids;
    const auto stored =
        execute("INSERT INTO users.outbox (event_id, routing_key, event_type, body, traceparent,"
                " request_id) SELECT gen_random_uuid(), 'user.user.registered', 'user.registered',"
                " '{}', '', '' FROM generate_series(1, 1234) RETURNING event_id::text");
    for (const postgres::Row row : stored[0]) {
        ids.push_back(row.text(0));
    }
    Listener listener;
    start("queue", listener);
    until_all_is_done();
    EXPECT_THAT(listener.ids(), ElementsAreArray(ids));
}

TEST_F(RoutingTest, DropsNewsAboutAnOrderThatWasNeverKept) {
    keep_order_5();
    const auto kept = store_in(of_payments, "payment.payment.refunded", R"({"order_id":5})");
    const auto never_kept = store_in(of_payments, "payment.payment.refunded", R"({"order_id":6})");
    const auto about_none = store_in(of_mails, "email.email.sent", R"({"order_id":null})");
    Listener orders;
    Listener others;
    start({{"order_updates_queue", {"payment.payment.refunded", "email.email.sent"}, orders.handler()},
           {"others", {"payment.payment.refunded", "email.email.sent"}, others.handler()}});
    until_all_is_done();

    EXPECT_THAT(orders.ids(), ElementsAre(kept));
    EXPECT_THAT(others.ids(), UnorderedElementsAre(kept, never_kept, about_none));
}

TEST_F(RoutingTest, HearsAtOnceOfWhatIsStoredWhenItIsWoken) {
    Listener listener;
    BusProcess& process = start("queue", listener);
    for (int i = 0; i < 20; ++i) {
        register_users(1);
        process.wake();
        until("it", [&] { return listener.seen.size() == static_cast<std::size_t>(i + 1); });
    }
    until_all_is_done();
}

} // namespace
} // namespace tandem::monolith
