#pragma once

#include "services/product/core/catalog_repository.hpp"
#include "services/product/domain/review.hpp"

#include <optional>

namespace tandem::product {

/// What the database found when a review was handed in. All of it is decided in one statement.
struct ReviewReceipt {
    bool product_exists = false;
    bool bought = false;          ///< the author has a paid order of the product
    std::optional<Review> stored; ///< nothing: refused, or the author's second one
};

/// Keeps reviews, at most one a user and product, and each product's rating. Throws Unavailable
/// when it cannot be reached, DeadlineExceeded when a call did not begin in time: then nothing was
/// written.
class ReviewRepository {
public:
    virtual ~ReviewRepository() = default;
    /// Newest first. Nothing when there is no such product.
    virtual Task<std::optional<Page<Review>>>
    of_product(ProductId product, std::int64_t skip, std::int64_t limit, Deadline deadline) = 0;
    /// Stores it only if the product exists, was bought by the author, and is not yet reviewed.
    virtual Task<ReviewReceipt> add(NewReview review, Deadline deadline) = 0;
};

/// What customers say of products. Only who bought a product may review it, once.
class Reviews {
public:
    explicit Reviews(ReviewRepository& repository) : repository_(repository) {}

    Task<Result<Page<Review>>>
    of_product(ProductId product, std::int64_t skip, std::int64_t limit, Deadline deadline);
    Task<Result<Review>> write(NewReview review, Deadline deadline);

private:
    ReviewRepository& repository_;
};

} // namespace tandem::product
