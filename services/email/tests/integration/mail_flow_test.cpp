#include "libs/messaging/dead_letters.hpp"
#include "libs/messaging/tests/broker_shop.hpp"
#include "services/email/api/mail_consumer.hpp"
#include "services/email/infrastructure/published_mail_news.hpp"
#include "services/email/infrastructure/slow_mailer.hpp"
#include "services/email/infrastructure/smtp_mailer.hpp"
#include "services/email/tests/integration/mail_catcher.hpp"

#include <gmock/gmock.h>

namespace tandem::email {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using testing::run;

messaging::OutgoingEvent order_event(const std::string& routing_key, int order_id, const std::string& more) {
    const std::string fields =
        "{\"order_id\":" + std::to_string(order_id) +
        R"(,"user_id":7,"user_email":"ann@example.com","total_amount":"99.98",)"
        R"("items":[{"product_id":2,"product_name":"Wireless Mouse","quantity":2,"price":"49.99"}])" +
        more + "}";
    return messaging::make_event(routing_key, fields, SystemClock().now(), {"", "request-1"});
}

messaging::OutgoingEvent paid(int order_id) {
    return order_event("order.order.paid", order_id, R"(,"payment_id":1,"transaction_id":"tx")");
}

/// The whole service but its process: broker in, SMTP out, news back to the broker.
class MailFlowTest : public messaging::BrokerTest {
protected:
    void SetUp() override {
        publisher.start();
        news_reader.start();
        wait_for([&] { return publisher.ready() && news_reader.ready(); });
    }
    void TearDown() override {
        run(io, consumer.stop());
        run(io, news_reader.stop());
    }
    void start_service() {
        consumer.start();
        wait_for([&] { return consumer.ready(); });
    }
    std::size_t news_count(std::string_view event_type) const {
        return static_cast<std::size_t>(
            std::ranges::count(news_seen.seen, event_type, &messaging::Delivery::event_type));
    }

    SystemClock clock;
    MailCatcher catcher;
    SmtpMailer smtp{io.get_executor(), {.url = catcher.smtp_url(), .from = "noreply@ecommerce.com"}, clock};
    SlowMailer mailer{smtp, 300ms};
    PublishedMailNews news{publisher, clock};
    SendMail send_mail{mailer, news, "tandem.ecommerce.com"};
    MailConsumer mails{send_mail, messaging::shop_queue("email_service_queue").attempts_max()};
    messaging::Consumer consumer{io.get_executor(),
                                 options("email-service"),
                                 messaging::shop_queue("email_service_queue"),
                                 {.prefetch = 200, .batch_max = 1, .concurrency = 100},
                                 publisher,
                                 [this](auto batch) {
                                     ++taken;
                                     return mails.handle(std::move(batch));
                                 }};
    int taken = 0;
    messaging::Recorder news_seen;
    messaging::Consumer news_reader{io.get_executor(),
                                    options(),
                                    {"news_queue", {"email.email.*"}, {}},
                                    {},
                                    publisher,
                                    news_seen.handler()};
};

TEST_F(MailFlowTest, APaidOrderIsConfirmedByMailAndTheNewsOfItIsPublished) {
    catcher.start();
    start_service();
    const auto event = paid(42);

    publish({event});
    wait_for([&] { return news_seen.seen.size() == 1; });

    const auto caught = catcher.mails_to("ann@example.com");
    ASSERT_EQ(caught.size(), 1u);
    EXPECT_EQ(caught.front().subject, "Order Confirmation - Order #42");
    EXPECT_THAT(caught.front().source,
                HasSubstr("Message-ID: <" + event.event_id + "@tandem.ecommerce.com>"));
    const messaging::Delivery& sent = news_seen.seen.front();
    EXPECT_EQ(sent.event_type, "email.sent");
    EXPECT_EQ(sent.context.request_id, "request-1");
    EXPECT_THAT(sent.body, HasSubstr(R"("order_id":42)"));
}

TEST_F(MailFlowTest, EveryEventBecomesItsOwnMailOnceEvenWhenDeliveredTwice) {
    catcher.start();
    start_service();
    const auto failed =
        order_event("order.order.failed", 1, R"(,"reason":"out_of_stock","error_message":"x")");
    const auto cancelled =
        order_event("order.order.cancelled", 2, R"(,"reason":"cancelled_by_customer","was_paid":true)");
    const auto shipped = order_event("order.order.shipped", 3, "");
    const auto registered =
        messaging::make_event("user.user.registered",
                              R"({"user_id":7,"user_email":"ann@example.com","full_name":"Ann"})",
                              clock.now(),
                              {});

    publish({failed, cancelled, shipped, registered, failed, cancelled, shipped, registered});
    wait_for([&] { return news_seen.seen.size() == 4; });
    run(io, consumer.stop());

    std::vector<std::string> subjects;
    for (const CaughtMail& mail : catcher.mails_to("ann@example.com")) {
        subjects.push_back(mail.subject);
    }
    EXPECT_THAT(subjects,
                ::testing::UnorderedElementsAre("Order Failed - Order #1",
                                                "Order Cancelled - Order #2",
                                                "Order Shipped - Order #3",
                                                "Welcome to Tandem"));
}

TEST_F(MailFlowTest, ManyMailsWaitForTheSlowServerAtTheSameTime) {
    catcher.start();
    start_service();
    std::vector<messaging::OutgoingEvent> events;
    for (int id = 0; id < 50; ++id) {
        events.push_back(paid(id));
    }
    const auto started = std::chrono::steady_clock::now();

    publish(events);
    wait_for([&] { return news_count("email.sent") == 50; });

    EXPECT_LT(std::chrono::steady_clock::now() - started, 50 * 300ms / 2);
    EXPECT_EQ(catcher.count(), 50u);
}

TEST_F(MailFlowTest, NoMailIsLostWhileTheMailServerIsDown) {
    start_service();
    publish({paid(1), paid(2), paid(3)});
    wait_for([&] { return taken >= 3; });

    catcher.start();
    wait_for([&] { return news_count("email.sent") == 3; });

    EXPECT_EQ(catcher.mails_to("ann@example.com").size(), 3u);
    EXPECT_TRUE(messaging::list_dead_letters(options(), "email_service_queue", 10).empty());
}

TEST_F(MailFlowTest, AMailThatWasInHandAtStopIsSentAndAcknowledged) {
    catcher.start();
    start_service();
    publish({paid(1)});
    wait_for([&] { return taken == 1; });

    run(io, consumer.stop());

    EXPECT_EQ(catcher.mails_to("ann@example.com").size(), 1u);
}

TEST_F(MailFlowTest, AnAddressThatIsNoneAndAnEventThatCannotBeReadDoNotHoldUpOthers) {
    catcher.start();
    start_service();
    auto bad_address =
        messaging::make_event("user.user.registered",
                              R"({"user_id":7,"user_email":"not an address","full_name":"Ann"})",
                              clock.now(),
                              {});
    auto unreadable = paid(5);
    unreadable.body = "{\"order_id\":";

    publish({bad_address, unreadable, paid(6)});
    wait_for([&] { return news_count("email.sent") == 1 && news_count("email.failed") == 1; });
    wait_for([&] { return messaging::list_dead_letters(options(), "email_service_queue", 10).size() == 1; });

    EXPECT_EQ(messaging::list_dead_letters(options(), "email_service_queue", 10).front().delivery.body,
              unreadable.body);
}

} // namespace
} // namespace tandem::email
