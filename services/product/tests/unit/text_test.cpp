#include "services/product/domain/text.hpp"

#include <gtest/gtest.h>

namespace tandem::product {
namespace {

using namespace std::string_view_literals;

TEST(TextTest, CountsCharactersAndNotBytes) {
    EXPECT_EQ(character_count(""), 0u);
    EXPECT_EQ(character_count("mouse"), 5u);
    EXPECT_EQ(character_count("M\u00fcnchen"), 7u);
    EXPECT_EQ(character_count("\U0001F5B1"), 1u);
    EXPECT_EQ(character_count("two\nlines\tand a tab"), 19u);
}

TEST(TextTest, RefusesWhatIsNotUtf8) {
    for (const std::string_view broken : {"\xff"sv,
                                          "\xc3"sv,             // cut short
                                          "\xc3("sv,            // no continuation
                                          "\x80"sv,             // continuation without a lead
                                          "\xc0\xaf"sv,         // overlong '/'
                                          "\xe0\x80\xaf"sv,     // overlong in three bytes
                                          "\xed\xa0\x80"sv,     // surrogate
                                          "\xf4\x90\x80\x80"sv, // beyond U+10FFFF
                                          "\xf8\x88\x80\x80"sv}) {
        EXPECT_FALSE(character_count(broken).has_value());
    }
}

TEST(TextTest, RefusesControlCharacters) {
    EXPECT_FALSE(character_count("a\0b"sv).has_value());
    EXPECT_FALSE(character_count("\x1b[31m"sv).has_value());
    EXPECT_FALSE(character_count("\x7f"sv).has_value());
}

TEST(TextTest, TrimsBlanksAtBothEnds) {
    EXPECT_EQ(trimmed("  a b \n"), "a b");
    EXPECT_EQ(trimmed(" \t "), "");
    EXPECT_EQ(trimmed(""), "");
}

} // namespace
} // namespace tandem::product
