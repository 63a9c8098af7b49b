#include "services/user/domain/sign_up.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tandem::user {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> broken(std::string_view email, std::string_view password, std::string_view name) {
    const auto wish = SignUp::check(email, password, name);
    std::vector<std::string> fields;
    if (!wish) {
        EXPECT_EQ(wish.error().kind(), ErrorKind::invalid);
        for (const FieldError& error : wish.error().fields()) {
            fields.push_back(error.field);
        }
    }
    return fields;
}

std::string repeat(std::string_view text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) {
        all += text;
    }
    return all;
}

TEST(SignUpTest, TrimsTheNameAndNeverThePassword) {
    const auto wish = SignUp::check(" A@b.co ", "  secret  ", "  Paint Tester ");
    ASSERT_TRUE(wish.has_value());
    EXPECT_EQ(wish->email.text(), "a@b.co");
    EXPECT_EQ(wish->password, "  secret  ");
    EXPECT_EQ(wish->full_name, "Paint Tester");
}

TEST(SignUpTest, NamesEveryFieldThatBreaksARule) {
    EXPECT_THAT(broken("x", "short", " "), ElementsAre("email", "password", "full_name"));
}

TEST(SignUpTest, APasswordHasEightTo128Characters) {
    EXPECT_THAT(broken("a@b.co", "1234567", "N"), ElementsAre("password"));
    EXPECT_THAT(broken("a@b.co", "12345678", "N"), ElementsAre());
    EXPECT_THAT(broken("a@b.co", repeat("x", 128), "N"), ElementsAre());
    EXPECT_THAT(broken("a@b.co", repeat("x", 129), "N"), ElementsAre("password"));
    EXPECT_THAT(broken("a@b.co", repeat("\xF0\x9F\x98\x80", 128), "N"), ElementsAre());
    EXPECT_THAT(broken("a@b.co", repeat("\xC3\xA9", 7), "N"), ElementsAre("password"));
    EXPECT_LE(repeat("\xF0\x9F\x98\x80", 128).size(), password_bytes_max);
}

TEST(SignUpTest, ANameHasOneTo200CharactersAndNoControlCharacter) {
    EXPECT_THAT(broken("a@b.co", "12345678", repeat("\xC3\xA9", 200)), ElementsAre());
    EXPECT_THAT(broken("a@b.co", "12345678", repeat("n", 201)), ElementsAre("full_name"));
    for (const std::string_view name : {"a\nb", "a\tb", "a\x7f", "a\x1b[31m", "a\xC2\x85z", "\r\nBcc: x"}) {
        EXPECT_THAT(broken("a@b.co", "12345678", name), ElementsAre("full_name")) << name;
    }
    EXPECT_THAT(broken("a@b.co", "12345678", "Zo\xC3\xAB O'Neil-\xE6\x9D\x8E"), ElementsAre());
}

} // namespace
} // namespace tandem::user
