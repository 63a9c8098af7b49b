#include "libs/auth/base64url.hpp"

#include <gtest/gtest.h>

namespace tandem::auth {
namespace {

TEST(Base64UrlTest, MatchesTheVectorsOfRfc4648) {
    for (const auto& [bytes, text] :
         std::initializer_list<std::pair<std::string, std::string>>{{"", ""},
                                                                    {"f", "Zg"},
                                                                    {"fo", "Zm8"},
                                                                    {"foo", "Zm9v"},
                                                                    {"foob", "Zm9vYg"},
                                                                    {"fooba", "Zm9vYmE"},
                                                                    {"foobar", "Zm9vYmFy"},
                                                                    {"\xfb\xff\xfe", "-__-"}}) {
        EXPECT_EQ(base64url_encode(bytes), text);
        EXPECT_EQ(base64url_decode(text), bytes);
    }
}

TEST(Base64UrlTest, EveryByteComesBack) {
    std::string bytes;
    for (int round = 0; round < 3; ++round) {
        for (int byte = 0; byte < 256; ++byte) {
            bytes += static_cast<char>(byte);
            EXPECT_EQ(base64url_decode(base64url_encode(bytes)), bytes);
        }
    }
}

TEST(Base64UrlTest, RefusesWhatIsNotItsOneText) {
    for (const std::string_view text :
         {"Zg==", "Zg=", "Z", "Zm9vY", "Zh", "Zm9", "Zm 8", "Zm8\n", "+/+/", "Zm9v.", "\xC3\xA9", "Zm8!"}) {
        EXPECT_FALSE(base64url_decode(text).has_value()) << text;
    }
    EXPECT_FALSE(base64url_decode(std::string_view("Zm\0v", 4)).has_value());
}

} // namespace
} // namespace tandem::auth
