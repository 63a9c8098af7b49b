#include "services/product/infrastructure/postgres_reviews.hpp"

#include <utility>

namespace tandem::product {
namespace {

using postgres::Params;
using postgres::Query;
using postgres::Statement;

constexpr Query list_reviews{
    "review.list",
    "SELECT p.review_count, page.id, page.user_id, page.rating, page.comment, page.created_at FROM products p"
    " LEFT JOIN LATERAL (SELECT r.id, r.user_id, r.rating, r.comment, r.created_at FROM reviews r"
    " WHERE r.product_id = p.id ORDER BY r.id DESC LIMIT $2 OFFSET $3) AS page ON true"
    " WHERE p.id = $1 AND p.deleted_at IS NULL ORDER BY page.id DESC"};
constexpr Query insert_review{
    "review.insert",
    "WITH facts AS (SELECT EXISTS (SELECT 1 FROM products WHERE id = $1 AND deleted_at IS NULL) AS "
    "product_exists,"
    " EXISTS (SELECT 1 FROM buyers WHERE user_id = $2 AND product_id = $1) AS bought),"
    " added AS (INSERT INTO reviews (product_id, user_id, rating, comment)"
    " SELECT $1, $2, $3, $4 FROM facts WHERE product_exists AND bought"
    " ON CONFLICT (product_id, user_id) DO NOTHING RETURNING id, created_at),"
    " rated AS (UPDATE products SET rating_sum = rating_sum + $3, review_count = review_count + 1"
    " WHERE id = $1 AND EXISTS (SELECT 1 FROM added))"
    " SELECT facts.product_exists, facts.bought, added.id, added.created_at"
    " FROM facts LEFT JOIN added ON true"};

} // namespace

Task<std::optional<Page<Review>>>
PostgresReviews::of_product(ProductId product, std::int64_t skip, std::int64_t limit, Deadline deadline) {
    const auto rows = co_await pool_.query(list_reviews, Params(product, limit, skip), deadline);
    if (rows.empty()) {
        co_return std::nullopt;
    }
    Page<Review> page;
    for (const postgres::Row row : rows) {
        page.total = row.integer(0);
        if (!row.is_null(1)) {
            page.items.push_back({ReviewId(row.integer(1)),
                                  product,
                                  UserId(row.integer(2)),
                                  row.integer(3),
                                  row.text(4),
                                  row.timestamp(5)});
        }
    }
    co_return page;
}

Task<ReviewReceipt> PostgresReviews::add(NewReview review, Deadline deadline) {
    std::vector<Statement> insertion;
    insertion.push_back(
        {insert_review, Params(review.product, review.author, review.rating, review.comment)});
    const auto results = co_await pool_.execute(std::move(insertion), postgres::BeginBy{deadline});
    const postgres::Row row = results[0][0];
    ReviewReceipt receipt{row.boolean(0), row.boolean(1), std::nullopt};
    if (const auto id = row.optional_integer(2)) {
        receipt.stored = Review{ReviewId(*id),
                                review.product,
                                review.author,
                                review.rating,
                                std::move(review.comment),
                                row.timestamp(3)};
    }
    co_return receipt;
}

} // namespace tandem::product
