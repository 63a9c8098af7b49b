#include "libs/json/json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tandem::json {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

BOOST_DEFINE_ENUM_CLASS(Method, credit_card, paypal)

struct Item {
    std::int64_t product_id = 0;
    int quantity = 0;
    std::optional<Money> price;
};
BOOST_DESCRIBE_STRUCT(Item, (), (product_id, quantity, price))

struct Order {
    std::string email;
    std::vector<Item> items;
    std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(Order, (), (email, items, note))

struct Everything {
    bool yes = false;
    double ratio = 0;
    Money price;
    Timestamp at;
    Raw raw;
    Method method = Method::credit_card;
    std::map<std::string, int> counts;
};
BOOST_DESCRIBE_STRUCT(Everything, (), (yes, ratio, price, at, raw, method, counts))

template <class T>
struct One {
    T value{};
    BOOST_DESCRIBE_CLASS(One, (), (value), (), ())
};

template <class T>
Result<T> read_one(std::string_view value) {
    auto one = read<One<T>>(R"({"value":)" + std::string(value) + "}");
    if (!one) {
        return fail(one.error());
    }
    return one->value;
}

std::vector<std::pair<std::string, std::string>> fields(const Error& error) {
    std::vector<std::pair<std::string, std::string>> all;
    for (const auto& [field, message] : error.fields()) {
        all.emplace_back(field, message);
    }
    return all;
}

TEST(ReaderTest, ReadsADescribedStructAndIgnoresUnknownMembers) {
    const auto order = read<Order>(R"( {"email":"a@b.c","extra":{"deep":[1,{"x":null}]},
        "items":[{"product_id":7,"quantity":2,"price":"12.34"},{"quantity":1,"product_id":8}],"note":null} )");

    ASSERT_TRUE(order.has_value()) << order.error().message();
    EXPECT_EQ(order->email, "a@b.c");
    ASSERT_EQ(order->items.size(), 2u);
    EXPECT_EQ(order->items[0].product_id, 7);
    EXPECT_EQ(order->items[0].price, Money::from_cents(1'234));
    EXPECT_EQ(order->items[1].quantity, 1);
    EXPECT_FALSE(order->items[1].price.has_value());
    EXPECT_FALSE(order->note.has_value());
}

TEST(ReaderTest, ReadsEveryKindOfMember) {
    const auto all = read<Everything>(
        R"({"yes":true,"ratio":0.5,"price":9.9,"at":"2026-11-23T06:10:37Z","raw": { "b" : ["]}\"", 1.50] } ,
            "method":"paypal","counts":{"x":1,"y":2,"x":3}})");

    ASSERT_TRUE(all.has_value()) << all.error().message();
    EXPECT_TRUE(all->yes);
    EXPECT_EQ(all->ratio, 0.5);
    EXPECT_EQ(all->price, Money::from_cents(990));
    EXPECT_EQ(to_rfc3339(all->at), "2026-11-23T06:10:37.000000Z");
    EXPECT_EQ(all->raw.text, R"({ "b" : ["]}\"", 1.50] })");
    EXPECT_EQ(all->method, Method::paypal);
    EXPECT_THAT(all->counts, ElementsAre(Pair("x", 1), Pair("y", 2)));
}

TEST(ReaderTest, NamesThePathOfEveryFieldThatDoesNotFit) {
    const auto order = read<Order>(R"({"items":[{"product_id":1,"quantity":1},
        {"product_id":"7","quantity":1.5},{"quantity":9999999999,"product_id":1,"price":"1.234"}],"note":5})");

    ASSERT_FALSE(order.has_value());
    EXPECT_EQ(order.error().kind(), ErrorKind::invalid);
    EXPECT_THAT(
        fields(order.error()),
        ElementsAre(Pair("items/1/product_id", "must be an integer"),
                    Pair("items/1/quantity", "must be an integer"),
                    Pair("items/2/quantity", "must be an integer from -2147483648 to 2147483647"),
                    Pair("items/2/price", "must be an amount with at most two decimals, such as \"12.34\""),
                    Pair("note", "must be a string"),
                    Pair("email", "is required")));
    EXPECT_EQ(order.error().message(),
              "The field 'items/1/product_id' must be an integer; 5 other fields are not valid either.");
}

struct Change {
    std::optional<std::optional<std::int64_t>> shelf;
};
BOOST_DESCRIBE_STRUCT(Change, (), (shelf))

TEST(ReaderTest, TellsAnAbsentMemberFromANullOneWhenAsked) {
    EXPECT_FALSE(read<Change>("{}")->shelf.has_value());
    ASSERT_TRUE(read<Change>(R"({"shelf":null})")->shelf.has_value());
    EXPECT_FALSE(read<Change>(R"({"shelf":null})")->shelf->has_value());
    EXPECT_EQ(read<Change>(R"({"shelf":3})")->shelf.value(), 3);
    EXPECT_EQ(read<Change>(R"({"shelf":"x"})").error().fields().at(0).field, "shelf");
}

TEST(ReaderTest, NotesTwentyFieldErrorsAtMost) {
    std::string items = "1";
    for (int i = 0; i < 200'000; ++i) {
        items += ",1";
    }
    const auto order = read<Order>(R"({"email":"","items":[)" + items + "]}");
    ASSERT_FALSE(order.has_value());
    EXPECT_EQ(order.error().fields().size(), 20u);
    EXPECT_EQ(order.error().fields().back().field, "items/19");
}

TEST(ReaderTest, AnObjectIsNeverAnArrayNorAnythingElse) {
    for (const std::string_view text : {"[]", "[{\"email\":\"\"}]", "null", "1", "\"x\"", "true"}) {
        const auto order = read<Order>(text);
        ASSERT_FALSE(order.has_value()) << text;
        EXPECT_EQ(order.error().kind(), ErrorKind::invalid) << text;
        EXPECT_EQ(order.error().message(), "The body must be an object.") << text;
    }
    EXPECT_EQ(read<std::vector<int>>("{}").error().message(), "The body must be an array.");
    EXPECT_THAT(read<std::vector<int>>(" [1, 2] ").value(), ElementsAre(1, 2));
    EXPECT_EQ(read<int>(" 7 ").value(), 7);
    EXPECT_EQ(read<std::string>("\"x\"").value(), "x");
}

TEST(ReaderTest, OfADuplicateMemberTheFirstCounts) {
    EXPECT_EQ(read<One<int>>(R"({"value":1,"value":2})")->value, 1);
    EXPECT_EQ(read<One<int>>(R"({"value":1,"value":"wrong"})")->value, 1);
    EXPECT_EQ(read<One<int>>(R"({"val\u0075e":3})")->value, 3);
}

TEST(ReaderTest, IntegersAreExact) {
    EXPECT_EQ(read_one<std::int64_t>("9223372036854775807"), std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(read_one<std::int64_t>("-9223372036854775808"), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(read_one<int>("-0"), 0);
    for (const std::string_view number : {"9223372036854775808",
                                          "1.0",
                                          "1e2",
                                          "1.5",
                                          "\"1\"",
                                          "true",
                                          "null",
                                          "1e400",
                                          "123456789012345678901234567890",
                                          "[1]",
                                          "{}"}) {
        const auto value = read_one<std::int64_t>(number);
        ASSERT_FALSE(value.has_value()) << number;
        EXPECT_EQ(value.error().kind(), ErrorKind::invalid) << number;
    }
    EXPECT_FALSE(read_one<int>("2147483648").has_value());
    EXPECT_FALSE(read_one<unsigned>("-1").has_value());
}

TEST(ReaderTest, HugeNumbersAreRefusedWhereTheyAreReadAndIgnoredElsewhere) {
    EXPECT_EQ(read_one<double>("1e400").error().kind(), ErrorKind::invalid);
    EXPECT_EQ(read<One<int>>(R"({"value":1,"other":1e400,"more":123456789012345678901234567890})")->value, 1);
}

TEST(ReaderTest, MoneyIsReadFromItsDigitsAndNeverRounded) {
    EXPECT_EQ(read_one<Money>("\"1299.99\""), Money::from_cents(129'999));
    EXPECT_EQ(read_one<Money>("1299.99"), Money::from_cents(129'999));
    EXPECT_EQ(read_one<Money>("0.1"), Money::from_cents(10));
    EXPECT_EQ(read_one<Money>("99999999999.99"), Money::from_cents(9'999'999'999'999));
    for (const std::string_view amount :
         {"1.005", "1e2", "\"1,00\"", "\"\"", "true", "null", "100000000000.00", "1e400"}) {
        EXPECT_FALSE(read_one<Money>(amount).has_value()) << amount;
    }
}

TEST(ReaderTest, StringsAreUnescapedAndHoldNoNul) {
    EXPECT_EQ(read_one<std::string>(R"("a\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00")").value(),
              "a\"\\/\b\f\n\r\t\xC3\xA9\xF0\x9F\x98\x80");
    EXPECT_EQ(read_one<std::string>(R"("a\u0000b")").error().kind(), ErrorKind::invalid);
}

TEST(ReaderTest, AnEnumTakesItsWordsOnly) {
    EXPECT_EQ(read_one<Method>("\"paypal\""), Method::paypal);
    EXPECT_THAT(fields(read_one<Method>("\"cash\"").error()),
                ElementsAre(Pair("value", "must be one of: credit_card, paypal")));
    EXPECT_FALSE(read_one<Method>("1").has_value());
}

TEST(ReaderTest, RawIsTheSliceThatWasSent) {
    for (const std::string_view text : {"1.50", "\"a\\\"b\"", "null", "true", "[1, [2]]", "{\"x\":\"}\"}"}) {
        EXPECT_EQ(read_one<Raw>(text)->text, text);
    }
}

TEST(ReaderTest, DocumentsMayNest) {
    const auto outer = read<One<Raw>>(R"({"value":{"value":5}})");
    Document first(R"({"value":"kept"})");
    EXPECT_EQ(read<One<int>>(outer->value.text)->value, 5);
    EXPECT_EQ(first.root().first().read_string(), "kept");
}

} // namespace
} // namespace tandem::json
