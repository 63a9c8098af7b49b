#include "libs/kernel/unavailable.hpp"
#include "libs/kernel/uuid.hpp"
#include "libs/testing/rabbitmq_server.hpp"
#include "libs/testing/run.hpp"
#include "services/order/infrastructure/broker_dead_letters.hpp"

#include <gtest/gtest.h>

namespace tandem::order {
namespace {

using messaging::Delivery;

/// A broker in which nobody consumes.
class BrokerDeadLettersTest : public ::testing::Test {
protected:
    BrokerDeadLettersTest() { publisher.start(); }

    void bury(const std::string& queue, const std::string& body) {
        Delivery delivery;
        delivery.event_id = uuid_v7();
        delivery.event_type = "order.paid";
        delivery.routing_key = "order.order.paid";
        delivery.attempt = 5;
        delivery.body = body;
        testing::run(loop, publisher.publish_to_queue(queue + ".dlq", delivery, "refused"));
    }

    boost::asio::io_context loop;
    const messaging::BrokerOptions broker{.url = testing::RabbitmqServer::shared().new_vhost(),
                                          .app_id = "order-service"};
    messaging::Publisher publisher{loop.get_executor(), broker};
    BrokerDeadLetters letters{loop.get_executor(), broker};
};

TEST_F(BrokerDeadLettersTest, ShowsThoseOfEveryQueueAndWhyTheyAreDead) {
    bury("email_service_queue", "first");
    bury("email_service_queue", "second");
    bury("cart_service_queue", "third");
    const auto all = testing::run(loop, letters.list(100));
    ASSERT_EQ(all.size(), 3u);
    EXPECT_EQ(all[0].queue, "cart_service_queue");
    EXPECT_EQ(all[1].body, "first");
    EXPECT_EQ(all[1].error, "refused");
    EXPECT_EQ(all[1].event_type, "order.paid");
    EXPECT_EQ(testing::run(loop, letters.list(1)).size(), 2u);
}

TEST_F(BrokerDeadLettersTest, ReplaysOneQueue) {
    bury("email_service_queue", "first");
    bury("cart_service_queue", "second");
    EXPECT_EQ(testing::run(loop, letters.replay("email_service_queue", 100)), 1u);
    const auto left = testing::run(loop, letters.list(100));
    ASSERT_EQ(left.size(), 1u);
    EXPECT_EQ(left[0].queue, "cart_service_queue");
}

TEST_F(BrokerDeadLettersTest, KnowsTheQueuesOfTheShop) {
    EXPECT_TRUE(letters.has_queue("email_service_queue"));
    EXPECT_FALSE(letters.has_queue("email_service_queue.dlq"));
}

TEST(AbsentBrokerTest, SaysThatItIsAway) {
    boost::asio::io_context loop;
    BrokerDeadLetters letters(loop.get_executor(),
                              {.url = "amqp://guest:guest@127.0.0.1:1", .app_id = "order-service"});
    EXPECT_THROW(testing::run(loop, letters.list(10)), Unavailable);
    EXPECT_THROW(testing::run(loop, letters.replay("email_service_queue", 10)), Unavailable);
}

} // namespace
} // namespace tandem::order
