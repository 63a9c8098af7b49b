#include "services/email/domain/address.hpp"

#include <gtest/gtest.h>

namespace tandem::email {
namespace {

TEST(MailAddress, TakesWhatMailServersTake) {
    for (const char* address :
         {"paintest@example.com", "a.b+tag@sub.example.co.uk", "o'neil@example.com", "x@y"}) {
        EXPECT_TRUE(is_mail_address(address)) << address;
    }
}

TEST(MailAddress, RefusesWhatCouldCarryASecondRecipientOrHeader) {
    for (const char* address : {"a@example.com\r\nBcc: b@example.com",
                                "a@example.com, b@example.com",
                                "<a@example.com>",
                                "a b@example.com",
                                "a@example.com\n",
                                "\"a\"@example.com",
                                "a@exam\tple.com"}) {
        EXPECT_FALSE(is_mail_address(address)) << address;
    }
}

TEST(MailAddress, RefusesWhatIsNone) {
    for (const char* address : {"",
                                "@",
                                "a@",
                                "@b",
                                "a",
                                "a@b@c",
                                ".a@b",
                                "a.@b",
                                "a..b@c",
                                "a@-b.c",
                                "a@b-.c",
                                "a@b..c",
                                "zoë@example.com",
                                "a@exämple.com"}) {
        EXPECT_FALSE(is_mail_address(address)) << address;
    }
    EXPECT_FALSE(is_mail_address(std::string(65, 'a') + "@example.com"));
    EXPECT_FALSE(is_mail_address("a@" + std::string(64, 'b') + ".com"));
    EXPECT_FALSE(is_mail_address(std::string_view("a\0b@example.com", 15)));
}

TEST(MailAddress, HasADomain) {
    EXPECT_EQ(domain_of("noreply@ecommerce.com"), "ecommerce.com");
    EXPECT_EQ(domain_of("nobody"), "");
}

} // namespace
} // namespace tandem::email
