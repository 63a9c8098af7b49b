#include "services/cart/infrastructure/cart_statements.hpp"
#include "services/cart/tests/integration/cart_database.hpp"

#include <boost/asio/co_spawn.hpp>

namespace tandem::cart::tests {
namespace {

using Outcome = CartRepository::Addition::Outcome;

const UserId ann{7};
const UserId bob{8};

class PostgresCartsTest : public CartDatabaseTest {
protected:
    Task<> add_one(UserId owner, ProductId product, Deadline deadline = soon()) {
        co_await carts->add(owner, product, 1, deadline);
    }
};

TEST_F(PostgresCartsTest, ACartIsEmptyBeforeItsFirstItem) {
    EXPECT_TRUE(find(ann).items().empty());
}

TEST_F(PostgresCartsTest, TheSameProductAddsUpInOneLine) {
    learn(news(1, 1'010));
    EXPECT_EQ(add(ann, 1, 2).outcome, Outcome::added);
    const auto addition = add(ann, 1, 3);
    ASSERT_EQ(addition.cart.items().size(), 1U);
    EXPECT_EQ(addition.cart.items().front().quantity, 5);
    EXPECT_EQ(addition.cart.total().to_string(), "50.50");
    EXPECT_TRUE(find(bob).items().empty());
}

TEST_F(PostgresCartsTest, ParallelAdditionsAllCount) {
    learn(news(1, 100));
    int running = 0;
    for (int call = 0; call < 40; ++call) {
        ++running;
        boost::asio::co_spawn(
            context.get_executor(), add_one(ann, ProductId(1)), [&](std::exception_ptr failure) {
                EXPECT_FALSE(failure);
                --running;
            });
    }
    while (running > 0 && context.run_one() > 0) {
    }
    EXPECT_EQ(find(ann).items().front().quantity, 40);
}

TEST_F(PostgresCartsTest, AnAdditionUnderWayIsAnsweredThoughItsDeadlinePassesForItMayNotComeTwice) {
    learn(news(1, 100));
    add(ann, 1, 1);
    auto holder = std::make_unique<postgres::Transaction>(testing::run(context, pool->begin(soon())));
    testing::run(context, holder->query({"test.hold", "SELECT FROM carts FOR UPDATE"}, postgres::Params()));
    const Deadline deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(500);
    bool ended = false;
    const auto on_end = [&](std::exception_ptr failure) {
        EXPECT_FALSE(failure);
        ended = true;
    };
    boost::asio::co_spawn(context.get_executor(), add_one(ann, ProductId(1), deadline), on_end);
    context.restart();
    context.run_until(deadline + std::chrono::milliseconds(100));
    EXPECT_FALSE(ended);
    holder.reset();
    while (!ended && context.run_one() > 0) {
    }
    EXPECT_EQ(find(ann).items().front().quantity, 2);
}

TEST_F(PostgresCartsTest, AProductNobodyToldOfIsUnknown) {
    EXPECT_EQ(add(ann, 1, 1).outcome, Outcome::unknown_product);
    ProductNews deleted = news(1, 100);
    deleted.deleted = true;
    learn(deleted);
    EXPECT_EQ(add(ann, 1, 1).outcome, Outcome::unknown_product);
}

TEST_F(PostgresCartsTest, RefusesTheThousandthPieceAndKeepsTheOthers) {
    learn(news(1, 100));
    EXPECT_EQ(add(ann, 1, 999).outcome, Outcome::added);
    const auto addition = add(ann, 1, 1);
    EXPECT_EQ(addition.outcome, Outcome::refused);
    EXPECT_EQ(addition.cart.items().front().quantity, 999);
}

TEST_F(PostgresCartsTest, RefusesTheHundredAndFirstProductButNotMoreOfTheOthers) {
    for (std::int64_t product = 1; product <= 101; ++product) {
        learn(news(product, 100));
        EXPECT_EQ(add(ann, product, 1).outcome, product <= 100 ? Outcome::added : Outcome::refused);
    }
    EXPECT_EQ(add(ann, 100, 1).outcome, Outcome::added);
    EXPECT_EQ(find(ann).items().size(), 100U);
}

TEST_F(PostgresCartsTest, AQuantityIsSetAtTodaysPriceAndZeroTakesTheItemOut) {
    learn(news(1, 100));
    const ItemId item = add(ann, 1, 2).cart.items().front().id;
    learn(news(1, 200, 1));
    const auto changed = testing::run(context, carts->set_quantity(ann, item, 5, soon()));
    ASSERT_TRUE(changed);
    EXPECT_EQ(changed->items().front().quantity, 5);
    EXPECT_EQ(changed->items().front().price_snapshot.cents(), 200);
    const auto emptied = testing::run(context, carts->set_quantity(ann, item, 0, soon()));
    ASSERT_TRUE(emptied);
    EXPECT_TRUE(emptied->items().empty());
}

TEST_F(PostgresCartsTest, NobodyReachesAnItemOfSomeoneElsesCart) {
    learn(news(1, 100));
    const ItemId item = add(ann, 1, 2).cart.items().front().id;
    EXPECT_FALSE(testing::run(context, carts->set_quantity(bob, item, 9, soon())));
    EXPECT_FALSE(testing::run(context, carts->set_quantity(bob, item, 0, soon())));
    EXPECT_EQ(find(ann).items().front().quantity, 2);
}

TEST_F(PostgresCartsTest, ClearEmptiesOneCart) {
    learn(news(1, 100));
    add(ann, 1, 2);
    add(bob, 1, 2);
    EXPECT_TRUE(testing::run(context, carts->clear(ann, soon())).items().empty());
    EXPECT_EQ(find(bob).items().size(), 1U);
}

TEST_F(PostgresCartsTest, ShowsTheNewPriceAndRemembersTheOldOne) {
    learn(news(1, 100));
    add(ann, 1, 2);
    learn(news(1, 250, 5));
    learn(news(1, 999, 3)); // older news that comes late
    const CartItem item = find(ann).items().front();
    EXPECT_EQ(item.product.price.cents(), 250);
    EXPECT_EQ(item.price_snapshot.cents(), 100);
    EXPECT_EQ(find(ann).total().cents(), 500);
}

TEST_F(PostgresCartsTest, APurchaseTakesOutWhatWasBoughtOnce) {
    learn(news(1, 100));
    learn(news(2, 100));
    learn(news(3, 100));
    add(ann, 1, 2);
    add(ann, 2, 5);
    add(ann, 3, 1);
    for (int time = 0; time < 2; ++time) {
        take_out(70, ann, {{ProductId(1), 2}, {ProductId(2), 3}, {ProductId(9), 1}});
        const Cart cart = find(ann);
        ASSERT_EQ(cart.items().size(), 2U);
        EXPECT_EQ(cart.items()[0].quantity, 2);
        EXPECT_EQ(cart.items()[1].product.id, ProductId(3));
    }
}

TEST_F(PostgresCartsTest, PurchasesAreForgottenAfterAMonthTheOldestFirst) {
    for (std::int64_t order = 1; order <= 3; ++order) {
        take_out(order, ann, {});
    }
    static constexpr postgres::Query age{
        "test.age",
        "UPDATE purchases SET taken_at = now() - (ARRAY[41, 40, 29])[order_id] * interval '1 day'"};
    static constexpr postgres::Query oldest{"test.oldest", "SELECT min(order_id) FROM purchases"};
    std::vector<postgres::Statement> unit{{age, postgres::Params()}};
    for (int bite = 0; bite < 3; ++bite) {
        unit.push_back(forget_old_purchases(1));
        unit.push_back({oldest, postgres::Params()});
    }
    const auto results = testing::run(context, pool->execute(std::move(unit)));
    EXPECT_EQ(results[2][0].integer(0), 2);
    EXPECT_EQ(results[4][0].integer(0), 3);
    EXPECT_EQ(results[6][0].integer(0), 3);
}

TEST_F(PostgresCartsTest, ALineMentionedTwiceIsSummed) {
    learn(news(1, 100));
    add(ann, 1, 5);
    take_out(70, ann, {{ProductId(1), 2}, {ProductId(1), 1}});
    EXPECT_EQ(find(ann).items().front().quantity, 2);
}

} // namespace
} // namespace tandem::cart::tests
