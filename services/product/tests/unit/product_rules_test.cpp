#include "services/product/domain/product.hpp"
#include "services/product/domain/review.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tandem::product {
namespace {

NewProduct lamp() {
    return {"Desk Lamp", "Warm light.", Money::from_cents(3'999), std::nullopt, "/img/desk-lamp.svg", 7};
}

std::vector<std::string> broken_fields(const Result<void>& outcome) {
    std::vector<std::string> fields;
    if (!outcome) {
        for (const FieldError& error : outcome.error().fields()) {
            fields.push_back(error.field);
        }
    }
    return fields;
}

using ::testing::ElementsAre;

TEST(NewProductTest, IsFineAtItsLimits) {
    NewProduct product = lamp();
    EXPECT_TRUE(product.validate().has_value());

    product.name = std::string(200, 'n');
    product.description = std::string(5'000, 'd');
    product.price = price_max;
    product.stock = stock_max;
    product.image_url = "https://images.example.com/lamp.svg";
    EXPECT_TRUE(product.validate().has_value());

    product.price = Money::from_cents(1);
    product.stock = 0;
    product.image_url.reset();
    EXPECT_TRUE(product.validate().has_value());
}

TEST(NewProductTest, NamesEveryFieldThatBreaksARule) {
    const NewProduct product{"", std::string(5'001, 'd'), Money(), std::nullopt, "javascript:alert(1)", -1};
    const auto outcome = product.validate();

    ASSERT_FALSE(outcome.has_value());
    EXPECT_EQ(outcome.error().kind(), ErrorKind::invalid);
    EXPECT_THAT(broken_fields(outcome), ElementsAre("name", "description", "price", "image_url", "stock"));
}

TEST(NewProductTest, RefusesPricesOutsideTheLimits) {
    for (const std::int64_t cents : {-100L, 0L, 100'000'001L}) {
        NewProduct product = lamp();
        product.price = Money::from_cents(cents);
        EXPECT_THAT(broken_fields(product.validate()), ElementsAre("price")) << cents;
    }
}

TEST(NewProductTest, RefusesNamesThatNobodyCanRead) {
    for (const std::string& name :
         {std::string(), std::string("   "), std::string(201, 'x'), std::string("\xff")}) {
        NewProduct product = lamp();
        product.name = name;
        EXPECT_THAT(broken_fields(product.validate()), ElementsAre("name")) << name;
    }
}

TEST(NewProductTest, RefusesPicturesThatAreNoWebAddressOrPath) {
    for (const std::string url :
         {"", "lamp.svg", "//evil.example.com/x.svg", "ftp://x/y", "/a b.svg", "/\"onload="}) {
        NewProduct product = lamp();
        product.image_url = url;
        EXPECT_FALSE(product.validate().has_value()) << url;
    }
}

TEST(ProductChangeTest, ChecksOnlyWhatChanges) {
    EXPECT_TRUE(ProductChange().validate().has_value());
    EXPECT_TRUE(ProductChange{.image_url = std::optional<std::string>()}.validate().has_value());
    EXPECT_FALSE(ProductChange{.image_url = ""}.validate().has_value());
    EXPECT_THAT(broken_fields(ProductChange{.price = Money()}.validate()), ElementsAre("price"));
    EXPECT_THAT(broken_fields(ProductChange{.stock = stock_max + 1}.validate()), ElementsAre("stock"));
    EXPECT_THAT(broken_fields(ProductChange{.name = " "}.validate()), ElementsAre("name"));
}

TEST(NewCategoryTest, HasANameOfAtMost100Characters) {
    EXPECT_TRUE((NewCategory{"Audio", ""}.validate().has_value()));
    EXPECT_THAT(broken_fields(NewCategory{"", ""}.validate()), ElementsAre("name"));
    EXPECT_THAT(broken_fields(NewCategory{std::string(101, 'a'), ""}.validate()), ElementsAre("name"));
}

TEST(ProductTest, AveragesItsRatingsToTwoDecimals) {
    Product product;
    EXPECT_EQ(product.average_rating(), 0);
    product.rating_sum = 14;
    product.review_count = 3;
    EXPECT_EQ(product.average_rating(), 4.67);
}

TEST(NewReviewTest, RatesFromOneToFive) {
    for (const std::int64_t rating : {1, 5}) {
        EXPECT_TRUE((NewReview{ProductId(1), UserId(2), rating, ""}.validate().has_value())) << rating;
    }
    for (const std::int64_t rating : {-1, 0, 6}) {
        EXPECT_THAT(broken_fields(NewReview{ProductId(1), UserId(2), rating, ""}.validate()),
                    ElementsAre("rating"))
            << rating;
    }
    EXPECT_THAT(broken_fields(NewReview{ProductId(1), UserId(2), 5, std::string(2'001, 'c')}.validate()),
                ElementsAre("comment"));
}

} // namespace
} // namespace tandem::product
