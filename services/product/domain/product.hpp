#pragma once

#include "libs/kernel/money.hpp"
#include "libs/kernel/result.hpp"
#include "libs/kernel/time.hpp"
#include "services/product/domain/ids.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace tandem::product {

/// Something the shop sells, with what can be bought of it right now.
struct Product {
    ProductId id = {};
    std::string name = {};
    std::string description = {};
    Money price = {};
    std::optional<CategoryId> category = std::nullopt;
    std::optional<std::string> image_url = std::nullopt;
    std::int64_t available = 0;
    std::int64_t rating_sum = 0; ///< of all reviews
    std::int64_t review_count = 0;
    Timestamp created_at = {};
    Timestamp updated_at = {}; ///< of the catalog entry or an admin's stock change; orders do not move it

    /// Mean of all ratings to two decimals; 0 without a review.
    double average_rating() const;
};

inline constexpr std::size_t name_characters_max = 200;
inline constexpr std::size_t description_characters_max = 5'000;
inline constexpr std::size_t image_url_characters_max = 2'048;
inline constexpr Money price_max = Money::from_cents(100'000'000);
inline constexpr std::int64_t stock_max = 1'000'000;

/// What an admin says of a product that is to be sold.
struct NewProduct {
    std::string name;
    std::string description;
    Money price;
    std::optional<CategoryId> category;
    std::optional<std::string> image_url; ///< "http(s)://..." or a path from "/"
    std::int64_t stock = 0;

    Result<void> validate() const;
};

/// What an admin changes of a product; what is empty stays.
struct ProductChange {
    std::optional<std::string> name = std::nullopt;
    std::optional<std::string> description = std::nullopt;
    std::optional<Money> price = std::nullopt;
    /// Of these two an empty one within takes away what the product had.
    std::optional<std::optional<CategoryId>> category = std::nullopt;
    std::optional<std::optional<std::string>> image_url = std::nullopt;
    std::optional<std::int64_t> stock = std::nullopt; ///< units that can be bought from now on

    Result<void> validate() const;
};

/// A shelf of the shop.
struct Category {
    CategoryId id = {};
    std::string name;
    std::string description;
};

struct NewCategory {
    std::string name;
    std::string description;

    Result<void> validate() const;
};

} // namespace tandem::product
