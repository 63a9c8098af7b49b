#include "libs/kernel/unavailable.hpp"
#include "libs/testing/run.hpp"
#include "services/email/api/mail_consumer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace tandem::email {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::run;

class DifficultServer final : public Mailer {
public:
    Task<MailReceipt> send(Mail) override {
        if (down) {
            throw Unavailable("nobody answers");
        }
        throw std::runtime_error("the mail server refused the mail: 554 by rule 17");
    }
    bool down = false;
};

class NewsBoard final : public MailNews {
public:
    Task<> sent(MailOrder, std::string) override { co_return; }
    Task<> failed(MailOrder order, std::string, std::string error) override {
        if (down) {
            throw Unavailable("no broker");
        }
        failures.push_back(order.event_id + ": " + error);
        co_return;
    }
    std::vector<std::string> failures;
    bool down = false;
};

class MailConsumerTest : public ::testing::Test {
protected:
    void deliver(int attempt) {
        messaging::Delivery delivery;
        delivery.event_id = "event-1";
        delivery.event_type = "user.registered";
        delivery.body = R"({"user_id":7,"user_email":"ann@example.com","full_name":"Ann"})";
        delivery.attempt = attempt;
        run(consumer.handle({delivery}));
    }

    DifficultServer server;
    NewsBoard news;
    SendMail send_mail{server, news, "tandem.example.com"};
    MailConsumer consumer{send_mail, 3};
};

TEST_F(MailConsumerTest, TellsOfAMailThatIsGivenUpWithItsLastAttemptOnly) {
    EXPECT_THROW(deliver(1), std::runtime_error);
    EXPECT_THROW(deliver(2), std::runtime_error);
    EXPECT_THAT(news.failures, IsEmpty());
    EXPECT_THROW(deliver(3), std::runtime_error);
    EXPECT_THAT(news.failures,
                ElementsAre("event-1: The mail server has not taken this mail, however often it was tried."));
}

TEST_F(MailConsumerTest, GivesNoMailUpWhileTheServerIsAway) {
    server.down = true;
    EXPECT_THROW(deliver(3), Unavailable);
    EXPECT_THAT(news.failures, IsEmpty());
}

TEST_F(MailConsumerTest, GivesNoMailUpThatNobodyCouldBeToldOf) {
    news.down = true;
    EXPECT_THROW(deliver(3), Unavailable);
}

} // namespace
} // namespace tandem::email
