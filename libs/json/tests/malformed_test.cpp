#include "libs/json/json.hpp"

#include <gtest/gtest.h>

namespace tandem::json {
namespace {

struct Simple {
    std::int64_t a = 0;
};
BOOST_DESCRIBE_STRUCT(Simple, (), (a))

ErrorKind kind_of(std::string_view text) {
    const auto read_simple = read<Simple>(text);
    EXPECT_FALSE(read_simple.has_value()) << text.substr(0, 80);
    return read_simple ? ErrorKind::conflict : read_simple.error().kind();
}

std::string nested(int depth) {
    const std::string open(static_cast<std::size_t>(depth - 1), '[');
    const std::string close(static_cast<std::size_t>(depth - 1), ']');
    return R"({"a":1,"b":)" + open + close + "}";
}

class MalformedTest : public ::testing::TestWithParam<std::string> {};

TEST_P(MalformedTest, IsABadRequestEvenInPartsThatNobodyReads) {
    const auto read_simple = read<Simple>(GetParam());
    ASSERT_FALSE(read_simple.has_value()) << GetParam();
    EXPECT_EQ(read_simple.error().kind(), ErrorKind::bad_request) << GetParam();
    EXPECT_TRUE(read_simple.error().message().starts_with("The body is not valid JSON: "));
}

INSTANTIATE_TEST_SUITE_P(Texts,
                         MalformedTest,
                         ::testing::Values("",
                                           " ",
                                           "\n\t ",
                                           "{",
                                           "}",
                                           "[",
                                           "]",
                                           "{\"a\"",
                                           "{\"a\":",
                                           "{\"a\":1",
                                           "{\"a\":1,",
                                           "{\"a\":1,}",
                                           "{\"a\" 1}",
                                           "{\"a\":1 \"b\":2}",
                                           "{,}",
                                           "{a:1}",
                                           "{'a':1}",
                                           "{\"a\":1}}",
                                           "{\"a\":1}x",
                                           "{\"a\":1} {\"a\":2}",
                                           "{\"a\":1},",
                                           "{\"a\":1}]",
                                           "[{\"a\":1}",
                                           "{\"a\":1,\"b\":tru}",
                                           "{\"a\":1,\"b\":truee}",
                                           "{\"a\":1,\"b\":nul}",
                                           "{\"a\":1,\"b\":True}",
                                           "{\"a\":1,\"b\":NaN}",
                                           "{\"a\":1,\"b\":-}",
                                           "{\"a\":1,\"b\":01}",
                                           "{\"a\":1,\"b\":-01}",
                                           "{\"a\":1,\"b\":+1}",
                                           "{\"a\":1,\"b\":1.}",
                                           "{\"a\":1,\"b\":.5}",
                                           "{\"a\":1,\"b\":1e}",
                                           "{\"a\":1,\"b\":1e+}",
                                           "{\"a\":1,\"b\":0x10}",
                                           "{\"a\":1,\"b\":1x}",
                                           "{\"a\":1,\"b\":1 2}",
                                           "{\"a\":1,\"b\":[1,]}",
                                           "{\"a\":1,\"b\":[1 2]}",
                                           "{\"a\":1,\"b\":[1}",
                                           "{\"a\":1,\"b\":[1}]}",
                                           "{\"a\":1,\"b\":\"x}",
                                           "{\"a\":1,\"b\":\"\\x\"}",
                                           "{\"a\":1,\"b\":\"\\u12\"}",
                                           "{\"a\":1,\"b\":\"\\u12G4\"}",
                                           "{\"a\":1,\"b\":\"tab\there\"}",
                                           "{\"a\":1,\"b\":\"x\"y}",
                                           "{\"a\":1,\"b\":\"x\"\"y\"}",
                                           "{\"a\":1,1:2}",
                                           "{\"a\":1,\"b\"}",
                                           "{\"a\":1,\"b\":}",
                                           "{\"a\":1,\"b\":{\"c\":}}",
                                           "{\"a\":1}//comment",
                                           "nul",
                                           "tru",
                                           "1 2",
                                           "1x",
                                           "\"open",
                                           "\"a\" \"b\"",
                                           "\xEF\xBB\xBF{\"a\":1}"));

TEST(MalformedBytesTest, RefusesEveryTruncationOfAText) {
    const std::string whole = R"({"a":12,"items":[{"q":1.5e3},[true,null]],"s":"caf\u00e9 \ud83d\ude00"})";
    ASSERT_TRUE(read<Simple>(whole).has_value());
    for (std::size_t length = 0; length < whole.size(); ++length) {
        EXPECT_EQ(kind_of(std::string_view(whole).substr(0, length)), ErrorKind::bad_request) << length;
    }
}

TEST(MalformedBytesTest, RefusesTextThatIsNotUtf8) {
    for (const std::string_view bytes :
         {"\xFF", "\xC0\xAF", "\xC3", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\x80"}) {
        EXPECT_EQ(kind_of(R"({"a":1,"b":")" + std::string(bytes) + "\"}"), ErrorKind::bad_request);
        EXPECT_EQ(kind_of(R"({"a":1,")" + std::string(bytes) + "\":2}"), ErrorKind::bad_request);
    }
}

TEST(MalformedBytesTest, RefusesHalfASurrogatePair) {
    for (const std::string_view escape : {R"(\ud800)",
                                          R"(\udc00)",
                                          R"(\ud800x)",
                                          R"(\ud800\u0041)",
                                          R"(\ud800\ud800)",
                                          R"(\udc00\ud800)",
                                          R"(\udbff\ue000)"}) {
        EXPECT_EQ(kind_of(R"({"a":1,"b":")" + std::string(escape) + "\"}"), ErrorKind::bad_request) << escape;
    }
}

TEST(MalformedBytesTest, RefusesANulByteAnywhere) {
    using namespace std::string_view_literals;
    for (const auto text : {"{\"a\":1}\0"sv,
                            "\0{\"a\":1}"sv,
                            "{\"a\":1\0}"sv,
                            "{\"a\"\0:1}"sv,
                            "{\"a\":1,\"b\":\"x\0\"}"sv,
                            "{\"a\":1,\"b\":true\0}"sv,
                            "\0"sv}) {
        EXPECT_EQ(kind_of(text), ErrorKind::bad_request);
    }
}

TEST(MalformedBytesTest, AllowsThirtyTwoLevelsAndNoMore) {
    EXPECT_TRUE(read<Simple>(nested(32)).has_value());
    EXPECT_EQ(kind_of(nested(33)), ErrorKind::bad_request);
    EXPECT_EQ(kind_of(nested(100'000)), ErrorKind::bad_request);
    EXPECT_EQ(kind_of(std::string(500'000, '[')), ErrorKind::bad_request);
    EXPECT_EQ(kind_of(R"({"a":1,"b":)" + std::string(500'000, '{')), ErrorKind::bad_request);
}

TEST(MalformedBytesTest, AllowsOneMebibyteAndNoMore) {
    std::string text = R"({"a":1,"b":")";
    text.append(Document::bytes_max - text.size() - 2, 'x');
    text += "\"}";
    ASSERT_EQ(text.size(), Document::bytes_max);
    EXPECT_TRUE(read<Simple>(text).has_value());
    EXPECT_EQ(kind_of(text + " "), ErrorKind::bad_request);
}

TEST(MalformedBytesTest, AnyByteFlippedNeverHarms) {
    const std::string whole = R"({"a":12,"items":[{"q":-1.5e3},[true,null]],"s":"caf\u00e9 \ud83d\ude00"})";
    for (std::size_t at = 0; at < whole.size(); ++at) {
        for (int byte = 0; byte < 256; ++byte) {
            std::string text = whole;
            text[at] = static_cast<char>(byte);
            (void)read<Simple>(text);
        }
    }
}

} // namespace
} // namespace tandem::json
