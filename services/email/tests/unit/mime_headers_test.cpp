#include "services/email/infrastructure/mime_headers.hpp"

#include <gmock/gmock.h>

#include <sstream>

namespace tandem::email {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(HeaderText, LeavesPlainAsciiAlone) {
    EXPECT_EQ(header_text("Order Confirmation - Order #42"), "Order Confirmation - Order #42");
}

TEST(HeaderText, NeverLetsTextBeginAnotherHeader) {
    const std::string header = header_text("Hello\r\nBcc: everybody@example.com\nX: y");

    EXPECT_THAT(header, Not(HasSubstr("\r")));
    EXPECT_THAT(header, Not(HasSubstr("\n")));
}

TEST(HeaderText, EncodesWhatIsNotAscii) {
    EXPECT_EQ(header_text("Grüße an Zoë"), "=?UTF-8?Q?Gr=C3=BC=C3=9Fe_an_Zo=C3=AB?=");
    EXPECT_EQ(header_text("é\r\nBcc: x"), "=?UTF-8?Q?=C3=A9__Bcc=3A_x?=");
}

TEST(HeaderText, FoldsLongTextsBetweenCharacters) {
    std::string text;
    for (int i = 0; i < 40; ++i) {
        text += "日";
    }

    std::istringstream lines(header_text(text));
    std::string line;
    int words = 0;
    while (std::getline(lines, line)) {
        const std::size_t first = line.find("=?");
        const std::string word = line.substr(first, line.rfind("?=") + 2 - first);
        EXPECT_LE(word.size(), 75u);
        EXPECT_TRUE(word.starts_with("=?UTF-8?Q?=E6=97=A5")) << word;
        EXPECT_TRUE(word.ends_with("=E6=97=A5?=")) << word;
        ++words;
    }
    EXPECT_GT(words, 1);
}

TEST(Mailbox, QuotesOrEncodesTheNameAndLeavesOutAnEmptyOne) {
    EXPECT_EQ(mailbox({"a@b.c", ""}), "<a@b.c>");
    EXPECT_EQ(mailbox({"a@b.c", "Ann \"The\" \\ Lee"}), R"("Ann \"The\" \\ Lee" <a@b.c>)");
    EXPECT_EQ(mailbox({"a@b.c", "Ann\r\nBcc: x@y.z"}), "\"Ann  Bcc: x@y.z\" <a@b.c>");
    EXPECT_EQ(mailbox({"a@b.c", "Zoë"}), "=?UTF-8?Q?Zo=C3=AB?= <a@b.c>");
}

TEST(MailDate, IsInTheFormOfRfc5322) {
    EXPECT_EQ(mail_date(*parse_rfc3339("2026-11-23T06:35:09.9Z")), "Mon, 23 Nov 2026 06:35:09 +0000");
    EXPECT_EQ(mail_date(*parse_rfc3339("2024-02-29T23:59:59Z")), "Thu, 29 Feb 2024 23:59:59 +0000");
}

} // namespace
} // namespace tandem::email
