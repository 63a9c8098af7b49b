#include "services/email/api/mail_events.hpp"
#include "services/email/infrastructure/published_mail_news.hpp"

#include <gmock/gmock.h>

namespace tandem::email {
namespace {

using ::testing::HasSubstr;

messaging::Delivery delivery_of(std::string event_type, std::string body) {
    messaging::Delivery delivery;
    delivery.event_id = "01a2072e-6d8d-7000-bec9-f51ffad32757";
    delivery.event_type = std::move(event_type);
    delivery.body = std::move(body);
    delivery.context.request_id = "request-1";
    return delivery;
}

std::string order_body(const std::string& more) {
    return R"({"event_id":"x","event_type":"y","version":1,"timestamp":"2026-11-23T12:00:00Z",)"
           R"("order_id":42,"user_id":7,"user_email":"ann@example.com","total_amount":"99.98",)"
           R"("items":[{"product_id":2,"product_name":"Wireless Mouse","quantity":2,"price":"49.99"}],)"
           R"("payment_method":"credit_card","shipping_address":null)" +
           more + "}";
}

TEST(ReadMailOrder, MakesAConfirmationOfAPaidOrder) {
    const auto order =
        read_mail_order(delivery_of("order.paid", order_body(R"(,"payment_id":1,"transaction_id":"tx_9")")));

    ASSERT_TRUE(order.has_value());
    EXPECT_EQ(order->to.address, "ann@example.com");
    EXPECT_EQ(order->user_id, 7);
    EXPECT_EQ(order->order_id, 42);
    EXPECT_EQ(order->context.request_id, "request-1");
    EXPECT_EQ(order->letter.subject, "Order Confirmation - Order #42");
    EXPECT_THAT(order->letter.text, HasSubstr("2 x Wireless Mouse  49.99"));
    EXPECT_THAT(order->letter.text, HasSubstr("tx_9"));
}

TEST(ReadMailOrder, KnowsTheOtherEventsOfAnOrder) {
    const auto failed =
        read_mail_order(delivery_of("order.failed", order_body(R"(,"reason":"out_of_stock")")));
    const auto cancelled = read_mail_order(
        delivery_of("order.cancelled", order_body(R"(,"reason":"cancelled_by_customer","was_paid":true)")));
    const auto shipped = read_mail_order(delivery_of("order.shipped", order_body("")));

    EXPECT_THAT(failed->letter.text, HasSubstr("sold out"));
    EXPECT_THAT(cancelled->letter.text, HasSubstr("We refund 99.98"));
    EXPECT_EQ(shipped->letter.template_name, "order_shipped");
}

TEST(ReadMailOrder, WelcomesWhoHasRegistered) {
    const auto order = read_mail_order(
        delivery_of("user.registered",
                    R"({"user_id":7,"user_email":"ann@example.com","full_name":"Ann Lee","extra":[1]})"));

    ASSERT_TRUE(order.has_value());
    EXPECT_FALSE(order->order_id.has_value());
    EXPECT_EQ(order->to.name, "Ann Lee");
    EXPECT_EQ(order->letter.template_name, "welcome");
}

TEST(ReadMailOrder, GivesUpOnWhatCanNeverBecomeAMail) {
    EXPECT_FALSE(read_mail_order(delivery_of("order.paid", "not JSON")).has_value());
    EXPECT_FALSE(read_mail_order(delivery_of("order.paid", R"({"order_id":42})")).has_value());
    EXPECT_FALSE(read_mail_order(delivery_of("order.paid", "")).has_value());
    EXPECT_FALSE(read_mail_order(delivery_of("order.exploded", order_body(""))).has_value());
    EXPECT_FALSE(read_mail_order(delivery_of("user.registered", order_body(""))).has_value());
}

TEST(MailEvent, HasTheFieldsOfTheContract) {
    auto order = read_mail_order(delivery_of("order.paid", order_body("")));
    ASSERT_TRUE(order.has_value());
    const Timestamp now = *parse_rfc3339("2026-11-23T12:00:00Z");

    const auto sent = mail_event(*order, "<id@tandem>", nullptr, now);
    const std::string error = "no such user";
    const auto failed = mail_event(*order, "<id@tandem>", &error, now);

    EXPECT_EQ(sent.routing_key, "email.email.sent");
    EXPECT_THAT(sent.body,
                HasSubstr(R"("order_id":42,"user_id":7,"user_email":"ann@example.com",)"
                          R"("template":"order_paid","message_id":"<id@tandem>"})"));
    EXPECT_EQ(failed.routing_key, "email.email.failed");
    EXPECT_THAT(failed.body, HasSubstr(R"("error_message":"no such user")"));
    EXPECT_EQ(sent.event_id, mail_event(*order, "<id@tandem>", nullptr, now).event_id)
        << "told twice, it is the same event";
    EXPECT_NE(sent.event_id, failed.event_id);

    order->order_id = std::nullopt;
    EXPECT_THAT(mail_event(*order, "<id@tandem>", nullptr, now).body, HasSubstr(R"("order_id":null)"));
}

} // namespace
} // namespace tandem::email
