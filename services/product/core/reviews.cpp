#include "services/product/core/reviews.hpp"

#include <utility>

namespace tandem::product {
namespace {

constexpr auto no_such_product = "There is no such product.";

} // namespace

Task<Result<Page<Review>>>
Reviews::of_product(ProductId product, std::int64_t skip, std::int64_t limit, Deadline deadline) {
    auto page = co_await repository_.of_product(product, skip, limit, deadline);
    if (!page) {
        co_return fail(ErrorKind::not_found, no_such_product);
    }
    co_return *std::move(page);
}

Task<Result<Review>> Reviews::write(NewReview review, Deadline deadline) {
    auto valid = review.validate();
    if (!valid) {
        co_return fail(std::move(valid.error()));
    }
    ReviewReceipt receipt = co_await repository_.add(std::move(review), deadline);
    if (!receipt.product_exists) {
        co_return fail(ErrorKind::not_found, no_such_product);
    }
    if (!receipt.bought) {
        co_return fail(ErrorKind::forbidden, "Only who has bought this product can review it.");
    }
    if (!receipt.stored) {
        co_return fail(ErrorKind::conflict, "You have reviewed this product already.");
    }
    co_return *std::move(receipt.stored);
}

} // namespace tandem::product
