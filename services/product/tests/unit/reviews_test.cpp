#include "libs/testing/run.hpp"
#include "services/product/core/reviews.hpp"

#include <gtest/gtest.h>

namespace tandem::product {
namespace {

using testing::run;

class ReviewsInMemory final : public ReviewRepository {
public:
    Task<std::optional<Page<Review>>>
    of_product(ProductId product, std::int64_t, std::int64_t, Deadline) override {
        if (product != lamp) {
            co_return std::nullopt;
        }
        co_return Page<Review>{reviews, static_cast<std::int64_t>(reviews.size())};
    }
    Task<ReviewReceipt> add(NewReview review, Deadline) override {
        ++calls;
        ReviewReceipt receipt{review.product == lamp, review.author == buyer, std::nullopt};
        if (receipt.product_exists && receipt.bought && reviews.empty()) {
            reviews.push_back(
                {ReviewId(1), review.product, review.author, review.rating, review.comment, {}});
            receipt.stored = reviews.back();
        }
        co_return receipt;
    }

    static constexpr ProductId lamp{5};
    static constexpr UserId buyer{42};
    std::vector<Review> reviews;
    int calls = 0;
};

class ReviewsTest : public ::testing::Test {
protected:
    Result<Review> write(ProductId product, UserId author, std::int64_t rating) {
        return run(reviews.write({product, author, rating, "Bright."}, Deadline::max()));
    }

    ReviewsInMemory repository;
    Reviews reviews{repository};
    const ProductId lamp = ReviewsInMemory::lamp;
    const UserId buyer = ReviewsInMemory::buyer;
};

TEST_F(ReviewsTest, ABuyerReviewsAProductOnce) {
    const auto first = write(lamp, buyer, 5);
    ASSERT_TRUE(first.has_value());
    EXPECT_EQ(first->rating, 5);

    const auto second = write(lamp, buyer, 1);
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().kind(), ErrorKind::conflict);
}

TEST_F(ReviewsTest, WhoHasNotBoughtItMayNotReviewIt) {
    EXPECT_EQ(write(lamp, UserId(7), 5).error().kind(), ErrorKind::forbidden);
}

TEST_F(ReviewsTest, AnUnknownProductIsNotFoundForBuyersAndOthers) {
    EXPECT_EQ(write(ProductId(6), buyer, 5).error().kind(), ErrorKind::not_found);
    EXPECT_EQ(write(ProductId(6), UserId(7), 5).error().kind(), ErrorKind::not_found);
    EXPECT_EQ(run(reviews.of_product(ProductId(6), 0, 10, Deadline::max())).error().kind(),
              ErrorKind::not_found);
}

TEST_F(ReviewsTest, AnInvalidReviewNeverReachesTheDatabase) {
    EXPECT_EQ(write(lamp, buyer, 6).error().kind(), ErrorKind::invalid);
    EXPECT_EQ(repository.calls, 0);
}

} // namespace
} // namespace tandem::product
