#include "libs/kernel/unavailable.hpp"
#include "libs/testing/run.hpp"
#include "services/email/core/send_mail.hpp"

#include <gtest/gtest.h>

namespace tandem::email {
namespace {

using testing::run;

class MailServer final : public Mailer {
public:
    Task<MailReceipt> send(Mail mail) override {
        if (down) {
            throw Unavailable("nobody answers");
        }
        if (mail.to.address == refused_address) {
            co_return MailReceipt{.accepted = false, .refusal = "no such user"};
        }
        mails.push_back(std::move(mail));
        co_return MailReceipt{.accepted = true, .refusal = ""};
    }

    bool down = false;
    std::string refused_address;
    std::vector<Mail> mails;
};

class NewsBoard final : public MailNews {
public:
    Task<> sent(MailOrder order, std::string message_id) override {
        take();
        sent_events.push_back(order.event_id + " " + message_id);
        co_return;
    }
    Task<> failed(MailOrder order, std::string, std::string error) override {
        take();
        failed_events.push_back(order.event_id + " " + error);
        co_return;
    }
    void take() const {
        if (down) {
            throw Unavailable("no broker");
        }
    }

    bool down = false;
    std::vector<std::string> sent_events;
    std::vector<std::string> failed_events;
};

MailOrder order_for(std::string event_id, std::string address = "ann@example.com") {
    MailOrder order;
    order.event_id = std::move(event_id);
    order.user_id = 7;
    order.to.address = std::move(address);
    order.letter = welcome("Ann");
    return order;
}

class SendMailTest : public ::testing::Test {
protected:
    MailServer server;
    NewsBoard news;
    SendMail send_mail{server, news, "tandem.example.com"};
};

TEST_F(SendMailTest, SendsUnderAnIdThatTheEventDeterminesAndTellsSo) {
    run(send_mail.send(order_for("event-1")));

    ASSERT_EQ(server.mails.size(), 1u);
    EXPECT_EQ(server.mails.front().message_id, "<event-1@tandem.example.com>");
    EXPECT_EQ(news.sent_events, (std::vector<std::string>{"event-1 <event-1@tandem.example.com>"}));
}

TEST_F(SendMailTest, AnEventDeliveredAgainMakesNoSecondMail) {
    run(send_mail.send(order_for("event-1")));
    run(send_mail.send(order_for("event-1")));

    EXPECT_EQ(server.mails.size(), 1u);
    EXPECT_EQ(news.sent_events.size(), 1u);
}

TEST_F(SendMailTest, ThrowsWhileTheServerIsDownAndSendsWhenItIsBack) {
    server.down = true;
    EXPECT_THROW(run(send_mail.send(order_for("event-1"))), Unavailable);
    server.down = false;
    run(send_mail.send(order_for("event-1")));

    EXPECT_EQ(server.mails.size(), 1u);
    EXPECT_EQ(news.sent_events.size(), 1u);
}

TEST_F(SendMailTest, TellsAgainButDoesNotSendAgainWhenOnlyTheNewsWasLost) {
    news.down = true;
    EXPECT_THROW(run(send_mail.send(order_for("event-1"))), Unavailable);
    news.down = false;
    run(send_mail.send(order_for("event-1")));

    EXPECT_EQ(server.mails.size(), 1u);
    EXPECT_EQ(news.sent_events.size(), 1u);
}

TEST_F(SendMailTest, TellsOfARecipientThatTheServerRefusesForGood) {
    server.refused_address = "gone@example.com";

    run(send_mail.send(order_for("event-1", "gone@example.com")));

    EXPECT_EQ(news.failed_events, (std::vector<std::string>{"event-1 no such user"}));
    EXPECT_TRUE(news.sent_events.empty());
}

TEST_F(SendMailTest, NeverShowsTheServerWhatIsNoAddress) {
    run(send_mail.send(order_for("event-1", "ann@example.com\r\nRCPT TO:<eve@example.com>")));

    EXPECT_TRUE(server.mails.empty());
    EXPECT_EQ(news.failed_events.size(), 1u);
}

TEST(SentMailsTest, ForgetsTheOldestBeyondItsLimit) {
    SentMails sent(2);
    sent.note("a", Progress::settled);
    sent.note("b", Progress::sending);
    sent.note("a", Progress::settled);
    sent.note("c", Progress::settled);

    EXPECT_EQ(sent.size(), 2u);
    EXPECT_EQ(sent.progress("a"), Progress::settled);
    EXPECT_EQ(sent.progress("b"), Progress::unknown);
    EXPECT_EQ(sent.progress("c"), Progress::settled);
    sent.forget("c");
    EXPECT_EQ(sent.progress("c"), Progress::unknown);
}

} // namespace
} // namespace tandem::email
