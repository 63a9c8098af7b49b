#include "services/product/core/first_catalog.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace tandem::product {
namespace {

TEST(FirstCatalogTest, BeginsWithTheThreeProductsThatEverybodyKnows) {
    const auto& products = first_catalog().products;
    ASSERT_GE(products.size(), 18u);
    EXPECT_EQ(products[0].product.name, "Gaming Laptop");
    EXPECT_EQ(products[0].product.price.to_string(), "1299.99");
    EXPECT_EQ(products[0].product.stock, 10);
    EXPECT_EQ(products[1].product.name, "Wireless Mouse");
    EXPECT_EQ(products[1].product.price.to_string(), "49.99");
    EXPECT_EQ(products[1].product.stock, 50);
    EXPECT_EQ(products[2].product.name, "Mechanical Keyboard");
    EXPECT_EQ(products[2].product.price.to_string(), "149.99");
    EXPECT_EQ(products[2].product.stock, 25);
}

TEST(FirstCatalogTest, KeepsItsOwnRules) {
    const auto& [categories, products] = first_catalog();
    for (const auto& [category, product] : products) {
        EXPECT_TRUE(product.validate().has_value()) << product.name;
        EXPECT_FALSE(product.category.has_value()) << product.name;
        EXPECT_EQ(std::ranges::count(categories, category, &NewCategory::name), 1) << category;
    }
    for (const NewCategory& category : categories) {
        EXPECT_TRUE(category.validate().has_value()) << category.name;
    }
}

TEST(FirstCatalogTest, OnlyTestProductsCostWhatTheProviderAnswersInItsOwnWay) {
    for (const auto& [category, product] : first_catalog().products) {
        const std::int64_t cents = product.price.cents() % 100;
        EXPECT_EQ(cents >= 13 && cents <= 15, category == "Test products") << product.name;
    }
}

} // namespace
} // namespace tandem::product
