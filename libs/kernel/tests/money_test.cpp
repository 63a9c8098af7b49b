#include "libs/kernel/money.hpp"

#include <gtest/gtest.h>

namespace tandem {
namespace {

TEST(MoneyTest, ReadsDecimalText) {
    EXPECT_EQ(Money::parse("1299.99"), Money::from_cents(129'999));
    EXPECT_EQ(Money::parse("0.5"), Money::from_cents(50));
    EXPECT_EQ(Money::parse("7"), Money::from_cents(700));
    EXPECT_EQ(Money::parse("-0.01"), Money::from_cents(-1));
}

TEST(MoneyTest, RefusesWhatIsNotAnExactAmount) {
    for (const auto* text : {"",
                             "-",
                             ".",
                             ".5",
                             "1.",
                             "1.234",
                             "1e3",
                             " 1",
                             "1 ",
                             "+1",
                             "--1",
                             "1.-1",
                             "0x10",
                             "NaN",
                             "99999999999999999999",
                             "100000000000.00",
                             "1,50"}) {
        EXPECT_FALSE(Money::parse(text).has_value()) << text;
    }
}

TEST(MoneyTest, WritesTwoDecimalsAlways) {
    EXPECT_EQ(Money::from_cents(129'999).to_string(), "1299.99");
    EXPECT_EQ(Money::from_cents(5).to_string(), "0.05");
    EXPECT_EQ(Money::from_cents(-5).to_string(), "-0.05");
    EXPECT_EQ(Money().to_string(), "0.00");
}

TEST(MoneyTest, AddsUpWithoutRounding) {
    Money sum;
    for (int i = 0; i < 1'000; ++i) {
        sum += Money::from_cents(10);
    }
    EXPECT_EQ(sum.to_string(), "100.00");
    EXPECT_EQ(Money::from_cents(4'999) * 3, Money::from_cents(14'997));
}

} // namespace
} // namespace tandem
