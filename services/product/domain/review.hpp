#pragma once

#include "libs/kernel/result.hpp"
#include "libs/kernel/time.hpp"
#include "services/product/domain/ids.hpp"

#include <cstdint>
#include <string>

namespace tandem::product {

inline constexpr std::int64_t rating_min = 1;
inline constexpr std::int64_t rating_max = 5;
inline constexpr std::size_t comment_characters_max = 2'000;

/// What a customer thinks of a product.
struct NewReview {
    ProductId product;
    UserId author;
    std::int64_t rating = 0;
    std::string comment; ///< may be empty

    Result<void> validate() const;
};

struct Review {
    ReviewId id;
    ProductId product;
    UserId author;
    std::int64_t rating = 0;
    std::string comment;
    Timestamp created_at;
};

} // namespace tandem::product
