#include "services/product/domain/review.hpp"

#include "services/product/domain/field_check.hpp"

namespace tandem::product {

Result<void> NewReview::validate() const {
    FieldCheck check;
    check.number("rating", rating, rating_min, rating_max);
    check.text("comment", comment, 0, comment_characters_max);
    return std::move(check).outcome();
}

} // namespace tandem::product
