#include "libs/messaging/dead_letters.hpp"
#include "libs/messaging/outbox.hpp"
#include "libs/testing/rabbitmq_server.hpp"
#include "services/product/api/order_events_consumer.hpp"
#include "services/product/infrastructure/postgres_stock_book.hpp"
#include "services/product/tests/integration/product_database.hpp"

namespace tandem::product {
namespace {

using testing::run;

constexpr auto queue_name = "product_service_queue";

/// A product service as far as orders are concerned.
struct Instance {
    Instance(Executor executor, const std::string& database, const messaging::BrokerOptions& broker)
        : pool(executor, {.url = database}), publisher(executor, broker), relay(executor, pool, publisher),
          book(pool, clock, [this] { relay.wake(); }), stock(book), order_events(stock),
          consumer(executor,
                   broker,
                   messaging::shop_queue(queue_name),
                   {.prefetch = 10, .batch_max = 5},
                   publisher,
                   [this](std::vector<messaging::Delivery> batch) {
                       return order_events.handle(std::move(batch));
                   }) {}

    void start() {
        pool.start();
        publisher.start();
        relay.start();
        consumer.start();
    }
    bool ready() const { return pool.ready() && publisher.ready() && consumer.ready(); }
    Task<> stop(postgres::Deadline deadline) {
        co_await consumer.stop();
        co_await relay.stop(deadline);
        co_await pool.close(deadline);
    }

    SystemClock clock;
    postgres::Pool pool;
    messaging::Publisher publisher;
    messaging::OutboxRelay relay;
    PostgresStockBook book;
    StockKeeping stock;
    OrderEventsConsumer order_events;
    messaging::Consumer consumer;
};

class OrderEventsOverRabbitmqTest : public ProductDatabaseTest {
protected:
    void SetUp() override {
        first.start();
        second.start();
        run(io, until([&] { return first.ready() && second.ready(); }));
    }
    void TearDown() override {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        run(io, first.stop(deadline));
        run(io, second.stop(deadline));
    }

    static messaging::OutgoingEvent order_event(const std::string& action, std::int64_t order, int quantity) {
        return messaging::make_event(
            "order.order." + action,
            fmt::format(
                R"({{"order_id":{0},"user_id":{1},"user_email":"buyer@example.com","items":[{{"product_id":1,)"
                R"("product_name":"Gaming Laptop","quantity":{2},"price":"1299.99"}}],"total_amount":"{3}",)"
                R"("payment_method":"paypal","shipping_address":null}})",
                order,
                1'000 + order,
                quantity,
                (laptop_price * quantity).to_string()),
            SystemClock().now(),
            {});
    }
    void publish(std::vector<messaging::OutgoingEvent> events) {
        run(io, first.publisher.publish(std::move(events)));
    }
    /// Until `sql` counts `wanted`, through database outages; throws after two minutes.
    void wait_for_count(std::string_view sql, std::int64_t wanted) {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(2);
        while (number(sql) != wanted) {
            if (std::chrono::steady_clock::now() > deadline) {
                throw std::runtime_error(fmt::format("never {}: {}", wanted, sql));
            }
            run(io, async::sleep_for(std::chrono::milliseconds(10)));
        }
    }

    messaging::BrokerOptions broker{.url = testing::RabbitmqServer::shared().new_vhost(),
                                    .app_id = "product-service"};
    Instance first{io.get_executor(), url, broker};
    Instance second{io.get_executor(), url, broker};
};

TEST_F(OrderEventsOverRabbitmqTest, OfSixtyShoppersForTenUnitsTenGetOne) {
    std::vector<messaging::OutgoingEvent> events;
    for (std::int64_t order = 1; order <= 60; ++order) {
        events.push_back(order_event("created", order, 1));
    }
    publish(std::move(events));
    wait_for_count("SELECT count(*) FROM order_reservations", 60);

    EXPECT_EQ(number("SELECT count(*) FROM order_reservations WHERE state = 'reserved'"), 10);
    EXPECT_EQ(number("SELECT count(*) FROM order_reservations WHERE state = 'rejected'"), 50);
    EXPECT_EQ(stock(laptop), (Stock{.initial = 10, .available = 0, .reserved = 10}));
    wait_for_count("SELECT count(*) FROM outbox", 0);
    expect_the_books_to_balance();
}

TEST_F(OrderEventsOverRabbitmqTest, PaidOrdersAreSoldAndCancelledOnesComeBack) {
    publish({order_event("created", 1, 2), order_event("created", 2, 3), order_event("cancelled", 3, 1)});
    wait_for_count("SELECT count(*) FROM order_reservations", 3);
    publish({order_event("paid", 1, 2), order_event("failed", 2, 3), order_event("created", 3, 1)});
    wait_for_count("SELECT count(*) FROM inbox", 6);

    EXPECT_EQ(stock(laptop), (Stock{.initial = 10, .available = 8, .sold = 2}));
    EXPECT_EQ(number("SELECT count(*) FROM order_reservations WHERE state = 'tombstone'"), 1);
    EXPECT_EQ(number("SELECT count(*) FROM buyers"), 1);
    expect_the_books_to_balance();
}

TEST_F(OrderEventsOverRabbitmqTest, LosesAndDoublesNothingWhenTheDatabaseIsKilled) {
    std::vector<messaging::OutgoingEvent> events;
    for (std::int64_t order = 1; order <= 60; ++order) {
        events.push_back(order_event("created", order, 1));
    }
    publish(std::move(events));
    testing::PostgresServer::shared().kill();
    testing::PostgresServer::shared().start();
    wait_for_count("SELECT count(*) FROM order_reservations", 60);

    EXPECT_EQ(stock(laptop), (Stock{.initial = 10, .available = 0, .reserved = 10}));
    EXPECT_EQ(number("SELECT count(*) FROM inbox"), 60);
    wait_for_count("SELECT count(*) FROM outbox", 0);
    expect_the_books_to_balance();
}

TEST_F(OrderEventsOverRabbitmqTest, AMalformedEventGoesToTheDeadLettersAndHarmsNoOther) {
    const std::string body = R"({"order_id":"seven"})";
    publish({order_event("created", 1, 1),
             messaging::make_event("order.order.created", body, SystemClock().now(), {}),
             order_event("created", 2, 1)});
    wait_for_count("SELECT count(*) FROM order_reservations WHERE state = 'reserved'", 2);

    const auto one_is_dead = [&] { return messaging::list_dead_letters(broker, queue_name, 10).size() == 1; };
    run(io, until(one_is_dead));
    EXPECT_EQ(number("SELECT count(*) FROM inbox"), 2);
}

} // namespace
} // namespace tandem::product
