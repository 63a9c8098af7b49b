#include "libs/json/json.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace tandem::json {
namespace {

BOOST_DEFINE_ENUM_CLASS(Colour, red, green)

struct Line {
    std::int64_t id = 0;
    Money price;
};
BOOST_DESCRIBE_STRUCT(Line, (), (id, price))

struct Answer {
    std::string name;
    bool open = false;
    std::optional<std::string> reason;
    std::vector<Line> lines;
    Timestamp at;
    Raw extra;
    Colour colour = Colour::green;
    std::map<std::string, int> counts;
};
BOOST_DESCRIBE_STRUCT(Answer, (), (name, open, reason, lines, at, extra, colour, counts))

TEST(WriterTest, WritesMembersInTheOrderOfDescription) {
    const Answer answer{.name = "x",
                        .reason = {},
                        .lines = {{1, Money::from_cents(1'999)}, {2, Money::from_cents(5)}},
                        .at = {},
                        .extra = {"{\"a\":1}"},
                        .counts = {{"a", 1}, {"b", 2}}};
    EXPECT_EQ(
        write(answer),
        R"({"name":"x","open":false,"reason":null,"lines":[{"id":1,"price":"19.99"},{"id":2,"price":"0.05"}],)"
        R"("at":"1970-01-01T00:00:00.000000Z","extra":{"a":1},"colour":"green","counts":{"a":1,"b":2}})");
}

TEST(WriterTest, WhatItWritesIsReadBackEqual) {
    Answer answer;
    for (int c = 1; c < 128; ++c) {
        answer.name += static_cast<char>(c);
    }
    answer.name += "\xC3\xA9\xF0\x9F\x98\x80\xEF\xBF\xBF";
    const auto back = read<Answer>(write(answer));
    ASSERT_TRUE(back.has_value()) << back.error().message();
    EXPECT_EQ(back->name, answer.name);
    EXPECT_EQ(back->extra.text, "null");
}

TEST(WriterTest, EscapesWhatJsonDemands) {
    EXPECT_EQ(quote("a\"b\\c/\n\r\t\x01\x1f\x7f"), "\"a\\\"b\\\\c/\\n\\r\\t\\u0001\\u001f\x7f\"");
    EXPECT_EQ(quote(std::string_view("\0", 1)), "\"\\u0000\"");
}

TEST(WriterTest, ReplacesWhatIsNotUtf8) {
    EXPECT_EQ(quote("a\xFFz"), "\"a\xEF\xBF\xBDz\"");
    EXPECT_EQ(quote("\xC3"), "\"\xEF\xBF\xBD\"");
    EXPECT_EQ(quote("\xED\xA0\x80"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
    EXPECT_EQ(quote("\xE2\x82\xAC"), "\"\xE2\x82\xAC\"");
}

TEST(WriterTest, NumbersReadBackEqual) {
    Writer writer;
    writer.begin_array()
        .integer(std::numeric_limits<std::int64_t>::min())
        .unsigned_integer(std::numeric_limits<std::uint64_t>::max())
        .number(0.1)
        .number(1e300)
        .number(std::numeric_limits<double>::infinity())
        .end_array();
    EXPECT_EQ(std::move(writer).text(), "[-9223372036854775808,18446744073709551615,0.1,1e+300,null]");
}

TEST(WriterTest, TakesCareOfCommas) {
    Writer writer;
    writer.begin_object()
        .key("a")
        .begin_array()
        .begin_object()
        .end_object()
        .begin_array()
        .end_array()
        .end_array();
    writer.member("b", "text").member("c", 3).member("d", std::optional<int>()).end_object();
    EXPECT_EQ(writer.view(), R"({"a":[{},[]],"b":"text","c":3,"d":null})");
}

} // namespace
} // namespace tandem::json
