#include "libs/async/sleep.hpp"
#include "libs/kernel/unavailable.hpp"
#include "libs/testing/run.hpp"
#include "services/email/infrastructure/smtp_mailer.hpp"
#include "services/email/tests/integration/mail_catcher.hpp"
#include "services/email/tests/integration/scripted_smtp.hpp"

#include <gmock/gmock.h>

namespace tandem::email {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::run;

Mail mail_to(Recipient recipient) {
    return {std::move(recipient),
            "<01a2072e-6d8d-7000-bec9-f51ffad32757@tandem.ecommerce.com>",
            order_confirmation(
                {42, {{"Gaming Laptop – 17″", 1, Money::from_cents(129'999)}}, Money::from_cents(129'999)},
                "tx")};
}

class SmtpMailerTest : public ::testing::Test {
protected:
    MailReceipt send(const std::string& url, Mail mail) {
        SmtpMailer mailer(io.get_executor(), {.url = url, .from = "noreply@ecommerce.com"}, clock);
        return run(io, mailer.send(std::move(mail)));
    }

    static Task<> until_ready(const SmtpMailer& mailer) {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        while (!mailer.ready() && std::chrono::steady_clock::now() < deadline) {
            co_await async::sleep_for(milliseconds(5));
        }
        EXPECT_TRUE(mailer.ready());
    }

    SystemClock clock;
    boost::asio::io_context io{1};
};

TEST_F(SmtpMailerTest, SendsBothPartsAndTheHeadersThatWereAskedFor) {
    MailCatcher catcher;
    catcher.start();

    EXPECT_TRUE(
        send(catcher.smtp_url(), mail_to({"ann@example.com", "Zoë \"Z\"\r\nBcc: eve@example.com"})).accepted);

    const auto mails = catcher.mails_to("ann@example.com");
    ASSERT_EQ(mails.size(), 1u);
    const CaughtMail& mail = mails.front();
    EXPECT_EQ(mail.subject, "Order Confirmation - Order #42");
    EXPECT_THAT(mail.text, HasSubstr("1 x Gaming Laptop – 17″  1299.99"));
    EXPECT_THAT(mail.html, HasSubstr("<td>Gaming Laptop – 17″</td>"));
    EXPECT_THAT(mail.source, HasSubstr("Content-Type: multipart/alternative; boundary="));
    EXPECT_THAT(mail.source,
                HasSubstr("Message-ID: <01a2072e-6d8d-7000-bec9-f51ffad32757@tandem.ecommerce.com>\r\n"));
    EXPECT_THAT(mail.source, HasSubstr("From: <noreply@ecommerce.com>\r\n"));
    EXPECT_THAT(mail.source, HasSubstr("\r\nDate: "));
    EXPECT_THAT(mail.source, Not(HasSubstr("\nBcc:")));
    EXPECT_TRUE(catcher.mails_to("eve@example.com").empty());
}

TEST_F(SmtpMailerTest, KeepsItsConnectionFromMailToMail) {
    ScriptedSmtp server("250 ok", "250 taken");
    SmtpMailer mailer(
        io.get_executor(), {.url = server.url(), .from = "noreply@ecommerce.com", .connections = 1}, clock);

    for (int i = 0; i < 5; ++i) {
        EXPECT_TRUE(run(io, mailer.send(mail_to({"ann@example.com", ""}))).accepted);
    }

    EXPECT_EQ(server.mails(), 5);
    EXPECT_EQ(server.connections(), 1);
}

TEST_F(SmtpMailerTest, ARecipientRefusedForGoodIsAnAnswerAndNoError) {
    ScriptedSmtp server("550 no such user", "250 taken");

    const MailReceipt receipt = send(server.url(), mail_to({"gone@example.com", ""}));

    EXPECT_FALSE(receipt.accepted);
    EXPECT_THAT(receipt.refusal, HasSubstr("550"));
}

TEST_F(SmtpMailerTest, OtherRefusalsAreTriedAgainLater) {
    ScriptedSmtp busy("450 mailbox busy", "250 taken");
    ScriptedSmtp picky("250 ok", "554 looks like spam");

    EXPECT_THROW(
        try { send(busy.url(), mail_to({"ann@example.com", ""})); } catch (const Unavailable&) {
            ADD_FAILURE() << "the server is there";
            throw;
        },
        std::runtime_error);
    EXPECT_THROW(
        try { send(picky.url(), mail_to({"ann@example.com", ""})); } catch (const Unavailable&) {
            ADD_FAILURE() << "the server is there";
            throw;
        },
        std::runtime_error);
}

TEST_F(SmtpMailerTest, AServerThatIsDownOrClosingIsUnavailable) {
    ScriptedSmtp closing("421 shutting down", "250 taken");
    const std::string nobody = "smtp://127.0.0.1:" + std::to_string(testing::free_port());

    EXPECT_THROW(send(nobody, mail_to({"ann@example.com", ""})), Unavailable);
    EXPECT_THROW(send(closing.url(), mail_to({"ann@example.com", ""})), Unavailable);
}

TEST_F(SmtpMailerTest, IsReadyOnceAServerAnswersThoughNoMailIsThere) {
    MailCatcher catcher;
    SmtpMailer mailer(
        io.get_executor(),
        {.url = catcher.smtp_url(), .from = "noreply@ecommerce.com", .probe_interval = milliseconds(10)},
        clock);
    async::TaskGroup tasks(io.get_executor());
    mailer.start(tasks);
    EXPECT_FALSE(mailer.ready());

    catcher.start();
    run(io, until_ready(mailer));
    catcher.kill();
    EXPECT_THROW(run(io, mailer.send(mail_to({"ann@example.com", ""}))), Unavailable);
    EXPECT_FALSE(mailer.ready());

    catcher.start();
    run(io, until_ready(mailer));
    EXPECT_EQ(catcher.count(), 0u);
    tasks.cancel();
    run(io, tasks.join());
}

TEST_F(SmtpMailerTest, IsReadyWithTheFirstMailThatArrives) {
    ScriptedSmtp server("250 ok", "250 taken");
    SmtpMailer mailer(io.get_executor(), {.url = server.url(), .from = "noreply@ecommerce.com"}, clock);
    EXPECT_FALSE(mailer.ready());
    run(io, mailer.send(mail_to({"ann@example.com", ""})));
    EXPECT_TRUE(mailer.ready());
}

} // namespace
} // namespace tandem::email
