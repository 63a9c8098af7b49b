#include "services/product/infrastructure/postgres_catalog.hpp"
#include "services/product/infrastructure/postgres_reviews.hpp"
#include "services/product/tests/integration/product_database.hpp"

namespace tandem::product {
namespace {

using testing::run;

class PostgresReviewsTest : public ProductDatabaseTest {
protected:
    void SetUp() override {
        execute("INSERT INTO buyers (user_id, product_id) VALUES (7, 1), (8, 1), (7, 2)");
    }

    ReviewReceipt add(ProductId product, std::int64_t user, std::int64_t rating, std::string comment = "") {
        return run(io, reviews.add({product, UserId(user), rating, std::move(comment)}, later));
    }
    Product find(ProductId product) {
        return run(io, PostgresCatalog(pool, [] {}).find(product, later)).value();
    }

    const Deadline later = Deadline::max();
    PostgresReviews reviews{pool};
};

TEST_F(PostgresReviewsTest, MoveTheRatingOfTheirProduct) {
    ASSERT_TRUE(add(laptop, 7, 5, "Fast.").stored.has_value());
    ASSERT_TRUE(add(laptop, 8, 4).stored.has_value());

    EXPECT_EQ(find(laptop).average_rating(), 4.5);
    EXPECT_EQ(find(laptop).review_count, 2);
    EXPECT_EQ(find(mouse).review_count, 0);
}

TEST_F(PostgresReviewsTest, CountOnceForEachBuyer) {
    add(laptop, 7, 5);
    const ReviewReceipt again = add(laptop, 7, 1);

    EXPECT_TRUE(again.bought);
    EXPECT_FALSE(again.stored.has_value());
    EXPECT_EQ(find(laptop).average_rating(), 5);
    EXPECT_EQ(find(laptop).review_count, 1);
}

TEST_F(PostgresReviewsTest, AreRefusedForWhoHasNotBoughtAndForWhatIsNotThere) {
    const ReviewReceipt stranger = add(mouse, 8, 5);
    EXPECT_TRUE(stranger.product_exists);
    EXPECT_FALSE(stranger.bought);
    EXPECT_FALSE(stranger.stored.has_value());

    EXPECT_FALSE(add(ProductId(4'711), 7, 5).product_exists);
    EXPECT_EQ(number("SELECT count(*) FROM reviews"), 0);
}

TEST_F(PostgresReviewsTest, AreListedNewestFirstWithTheirNumber) {
    add(laptop, 7, 5, "First.");
    add(laptop, 8, 4, "Second.");

    const auto page = run(io, reviews.of_product(laptop, 0, 1, later));
    ASSERT_TRUE(page.has_value());
    EXPECT_EQ(page->total, 2);
    ASSERT_EQ(page->items.size(), 1u);
    EXPECT_EQ(page->items[0].comment, "Second.");
    EXPECT_EQ(page->items[0].author, UserId(8));

    EXPECT_EQ(run(io, reviews.of_product(laptop, 1, 10, later))->items[0].comment, "First.");
    EXPECT_TRUE(run(io, reviews.of_product(mouse, 0, 10, later))->items.empty());
    EXPECT_FALSE(run(io, reviews.of_product(ProductId(4'711), 0, 10, later)).has_value());
}

} // namespace
} // namespace tandem::product
