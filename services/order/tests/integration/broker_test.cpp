#include "libs/async/sleep.hpp"
#include "libs/messaging/outbox.hpp"
#include "libs/testing/rabbitmq_server.hpp"
#include "services/order/tests/integration/shop_around.hpp"

#include <gtest/gtest.h>

namespace tandem::order {
namespace {

using messaging::Delivery;
using messaging::Verdict;

Task<std::vector<Verdict>> keep(std::vector<Delivery>& kept, std::vector<Delivery> batch) {
    std::vector<Verdict> verdicts(batch.size(), Verdict::done);
    std::ranges::move(batch, std::back_inserter(kept));
    co_return verdicts;
}

/// Order service with a real broker; what it publishes to the product service is kept.
class BrokerTest : public ::testing::Test {
protected:
    BrokerTest() {
        shop.orders.on_commit([this](const std::vector<OrderId>&) { relay.wake(); });
        publisher.start();
        consumer.start();
        product_service.start();
        relay.start();
        wait_until([this] { return publisher.ready() && consumer.ready() && product_service.ready(); });
    }
    ~BrokerTest() override {
        shop.database.run(relay.stop(Database::soon()));
        shop.database.run(consumer.stop());
        shop.database.run(product_service.stop());
    }
    template <class Condition>
    void wait_until(Condition condition) {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        while (!condition() && std::chrono::steady_clock::now() < deadline) {
            shop.database.run(async::sleep_for(std::chrono::milliseconds(5)));
        }
        EXPECT_TRUE(condition());
    }
    Task<> publish(std::string key, std::string fields) {
        std::vector<messaging::OutgoingEvent> events{
            messaging::make_event(std::move(key), fields, shop.clock.now(), {})};
        co_await publisher.publish(std::move(events));
    }

    ShopAround shop;
    std::vector<Delivery> published;
    const messaging::BrokerOptions broker{.url = testing::RabbitmqServer::shared().new_vhost(),
                                          .app_id = "order-service"};
    messaging::Publisher publisher{shop.database.loop.get_executor(), broker};
    messaging::OutboxRelay relay{
        shop.database.loop.get_executor(), shop.database.pool, publisher, order_outbox_queries()};
    messaging::Consumer consumer{shop.database.loop.get_executor(),
                                 broker,
                                 messaging::shop_queue("order_updates_queue"),
                                 {},
                                 publisher,
                                 [this](auto batch) { return shop.api.handle(std::move(batch)); }};
    messaging::Consumer product_service{shop.database.loop.get_executor(),
                                        broker,
                                        messaging::shop_queue("product_service_queue"),
                                        {},
                                        publisher,
                                        [this](auto batch) { return keep(published, std::move(batch)); }};
};

TEST_F(BrokerTest, PublishesAnOrderAndFollowsTheAnswersToPaid) {
    const auto order = shop.buy_mouse();
    wait_until([this] { return published.size() == 1; });
    EXPECT_EQ(published[0].routing_key, "order.order.created");
    EXPECT_EQ(published[0].event_type, "order.created");

    const std::string id = R"({"order_id":)" + std::to_string(order);
    shop.database.run(publish("product.stock.reserved", id + "}"));
    shop.database.run(publish("payment.payment.processed",
                              id + R"(,"payment_id":31,"amount":"49.99","transaction_id":"t-1"})"));
    wait_until([this] { return published.size() == 2; });
    EXPECT_EQ(published[1].routing_key, "order.order.paid");
    EXPECT_EQ(shop.status(order), "paid");
    wait_until([this] {
        return shop.database.number("SELECT count(*) FROM order_events WHERE routing_key IS NOT NULL AND"
                                    " published_at IS NULL") == 0;
    });
}

} // namespace
} // namespace tandem::order
