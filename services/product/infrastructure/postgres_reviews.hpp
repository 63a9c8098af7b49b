#pragma once

#include "libs/postgres/pool.hpp"
#include "services/product/core/reviews.hpp"

namespace tandem::product {

/// Reviews in PostgreSQL, and the running sums that make a product's rating. One statement a call.
class PostgresReviews final : public ReviewRepository {
public:
    explicit PostgresReviews(postgres::Pool& pool) : pool_(pool) {}

    Task<std::optional<Page<Review>>>
    of_product(ProductId product, std::int64_t skip, std::int64_t limit, Deadline deadline) override;
    Task<ReviewReceipt> add(NewReview review, Deadline deadline) override;

private:
    postgres::Pool& pool_;
};

} // namespace tandem::product
