#include "libs/postgres/tests/database.hpp"

namespace tandem::postgres::tests {
namespace {

class ValuesTest : public DatabaseTest {};

TEST_F(ValuesTest, GoToTheServerAndComeBack) {
    static constexpr Query echo{
        "test.echo", "SELECT $1::bigint, $2::text, $3::boolean, $4::float8, $5::bigint, $6::timestamptz"};
    const Timestamp moment = *parse_rfc3339("2026-11-23T06:10:37.123456Z");
    const std::string text = "O'Brien \"quoted\" back\\slash {braces}, comma, Zürich 北京 \U0001F600\n\t";
    const Rows rows = query(
        echo,
        Params(
            std::int64_t{-9'223'372'036'854'775'807}, text, true, 0.1, Money::from_cents(129'999), moment));
    EXPECT_EQ(rows[0].integer(0), -9'223'372'036'854'775'807);
    EXPECT_EQ(rows[0].text(1), text);
    EXPECT_TRUE(rows[0].boolean(2));
    EXPECT_EQ(rows[0].real(3), 0.1);
    EXPECT_EQ(rows[0].money(4).to_string(), "1299.99");
    EXPECT_EQ(rows[0].timestamp(5), moment);
}

TEST_F(ValuesTest, MomentsWithoutDecimalsAndBeforeTheEpochAreRead) {
    static constexpr Query moments{
        "test.moments",
        "SELECT '2026-01-01 00:00:00+00'::timestamptz, '1969-12-31 23:59:59.5+00'::timestamptz"};
    const Rows rows = query(moments);
    EXPECT_EQ(to_rfc3339(rows[0].timestamp(0)), "2026-01-01T00:00:00.000000Z");
    EXPECT_EQ(to_rfc3339(rows[0].timestamp(1)), "1969-12-31T23:59:59.500000Z");
}

TEST_F(ValuesTest, AnEmptyOptionalIsNull) {
    static constexpr Query nulls{"test.nulls", "SELECT $1::bigint, $2::text, $3::timestamptz"};
    const Rows rows = query(
        nulls,
        Params(std::optional<std::int64_t>(), std::optional<std::string>(), std::optional<Timestamp>()));
    EXPECT_TRUE(rows[0].is_null(0));
    EXPECT_EQ(rows[0].optional_integer(0), std::nullopt);
    EXPECT_EQ(rows[0].optional_text(1), std::nullopt);
    EXPECT_EQ(rows[0].optional_timestamp(2), std::nullopt);
    EXPECT_THROW(rows[0].integer(0), std::logic_error);
    EXPECT_THROW(rows[0].integer(9), std::logic_error);
}

TEST_F(ValuesTest, ArraysUnnestToTheSameTexts) {
    static constexpr Query unnest{"test.unnest",
                                  "SELECT id, word FROM unnest($1::bigint[], $2::text[]) AS pairs(id, word)"};
    const std::vector<std::string> words{"plain",
                                         "",
                                         "NULL",
                                         "null",
                                         "with \"quotes\"",
                                         "back\\slash\\",
                                         "{curly}",
                                         "a,b",
                                         " spaces ",
                                         "Zürich 北京",
                                         "line\nbreak"};
    std::vector<std::int64_t> numbers;
    for (std::size_t index = 0; index < words.size(); ++index) {
        numbers.push_back(static_cast<std::int64_t>(index) - 5);
    }
    const Rows rows = query(unnest, Params(numbers, words));
    ASSERT_EQ(rows.size(), static_cast<int>(words.size()));
    std::size_t index = 0;
    for (const Row row : rows) {
        EXPECT_EQ(row.integer(0), numbers[index]);
        EXPECT_EQ(row.text(1), words[index]);
        ++index;
    }
}

TEST_F(ValuesTest, ATextIsNotCutAtANul) {
    static constexpr Query echo{"test.nul", "SELECT $1::text, ($2::text[])[1]"};
    const std::string text("a\0b", 3);
    const Rows rows = query(echo, Params(text, std::vector<std::string>{text}));
    EXPECT_EQ(rows[0].text(0), "a\uFFFDb");
    EXPECT_EQ(rows[0].text(1), "a\uFFFDb");
}

TEST_F(ValuesTest, AnEmptyArrayGivesNoRows) {
    static constexpr Query unnest{"test.unnest_none", "SELECT * FROM unnest($1::bigint[], $2::text[])"};
    EXPECT_TRUE(query(unnest, Params(std::vector<std::int64_t>(), std::vector<std::string>())).empty());
}

} // namespace
} // namespace tandem::postgres::tests
