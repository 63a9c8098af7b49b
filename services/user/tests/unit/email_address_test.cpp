#include "services/user/domain/email_address.hpp"

#include <gtest/gtest.h>

namespace tandem::user {
namespace {

TEST(EmailAddressTest, OneMailboxHasOneForm) {
    for (const std::string_view text :
         {"paint@example.com", "Paint@Example.COM", "  paint@example.com\r\n", "\tPAINT@EXAMPLE.COM "}) {
        const auto address = EmailAddress::parse(text);
        ASSERT_TRUE(address.has_value()) << text;
        EXPECT_EQ(address->text(), "paint@example.com");
    }
}

TEST(EmailAddressTest, TakesWhatMailServersTake) {
    for (const std::string text : {"a@b.co",
                                   "first.last+tag@sub.example.co.uk",
                                   "o'hara_1@ex-ample.org",
                                   "x@1.2.3",
                                   "!#$%&'*+-/=?^_`{|}~@example.com",
                                   "user@xn--bcher-kva.example"}) {
        EXPECT_TRUE(EmailAddress::parse(text).has_value()) << text;
    }
    EXPECT_TRUE(EmailAddress::parse(std::string(64, 'a') + "@" + std::string(63, 'b') + ".com").has_value());
}

TEST(EmailAddressTest, RefusesWhatIsNoAddress) {
    for (const std::string_view text : {"",
                                        " ",
                                        "@",
                                        "a",
                                        "a@",
                                        "@b.co",
                                        "a@b",
                                        "a@@b.co",
                                        "a@b@c.co",
                                        "a b@c.co",
                                        "a@b .co",
                                        ".a@b.co",
                                        "a.@b.co",
                                        "a..b@c.co",
                                        "a@.b.co",
                                        "a@b..co",
                                        "a@b.co.",
                                        "a@-b.co",
                                        "a@b-.co",
                                        "a@b_c.co",
                                        "\"a\"@b.co",
                                        "a(c)@b.co",
                                        "a@[127.0.0.1]",
                                        "a,b@c.co",
                                        "a@b.co,c@d.co",
                                        "a\n@b.co",
                                        "a@b.co\nBcc: x@y.z",
                                        "<a@b.co>",
                                        "\xC3\xA9@b.co",
                                        "a@b\xC3\xA9.co",
                                        "not-an-email"}) {
        EXPECT_FALSE(EmailAddress::parse(text).has_value()) << text;
    }
    EXPECT_FALSE(EmailAddress::parse(std::string_view("a\0@b.co", 7)).has_value());
}

TEST(EmailAddressTest, HoldsTheLimitsOfSmtp) {
    EXPECT_FALSE(EmailAddress::parse(std::string(65, 'a') + "@b.co").has_value());
    EXPECT_FALSE(EmailAddress::parse("a@" + std::string(64, 'b') + ".co").has_value());
    std::string domain = "a@";
    while (domain.size() < 252) {
        domain += "bb.";
    }
    EXPECT_FALSE(EmailAddress::parse(domain + "com").has_value());
    EXPECT_FALSE(EmailAddress::parse(std::string(1'000'000, 'a')).has_value());
}

} // namespace
} // namespace tandem::user
