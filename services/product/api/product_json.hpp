#pragma once

#include "services/product/domain/product.hpp"
#include "services/product/domain/review.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tandem::product {

/// The shapes of docs/api/openapi.yaml.
std::string write_product(const Product& product);
std::string write_products(const std::vector<Product>& products);
std::string write_category(const Category& category);
std::string write_categories(const std::vector<Category>& categories);
std::string write_review(const Review& review);
std::string write_reviews(const std::vector<Review>& reviews);

/// The errors of json::read; the rules of the domain are checked later.
Result<NewProduct> read_new_product(std::string_view body);
Result<ProductChange> read_product_change(std::string_view body);
Result<NewCategory> read_new_category(std::string_view body);
Result<NewReview> read_new_review(std::string_view body, ProductId product, UserId author);

} // namespace tandem::product
