#include "monolith/tests/integration/monolith_test.hpp"

namespace tandem::monolith {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

/// Customers who get into each other's way.
class ContentionTest : public MonolithTest {
protected:
    /// A checkout that stays at the provider for a long time.
    CallPointer begin_slow_checkout(std::int64_t user, std::vector<Line> lines, int delay_ms = 4'000) {
        provider_takes(delay_ms);
        auto call = begin_checkout(user, std::move(lines));
        shop.until("the call to arrive", [&] { return shop.calls_at_provider() == 1; });
        provider_takes(0);
        return call;
    }
    const ShopInOneProcess::Settings patient{{"PROVIDER_TIMEOUT_MS", "20000"}};
};

TEST_F(ContentionTest, MakesOneOrderOfEightParallelRequestsWithOneKey) {
    shop.open();
    const auto mouse = add_product("49.99", 50);
    std::vector<CallPointer> calls;
    for (int i = 0; i < 8; ++i) {
        calls.push_back(begin_checkout(7, {{mouse}}, "key-1"));
    }
    until_all_ended(calls);

    EXPECT_GE(count(calls, 200), 1);
    EXPECT_EQ(count(calls, 200) + count(calls, 409), 8) << "paid, or still being worked on";
    EXPECT_EQ(orders(), 1);
    EXPECT_THAT(shop.ledger(), SizeIs(1));
    EXPECT_EQ(check_out(7, {{mouse}}, "key-1").headers.get("Idempotency-Replayed"), "true");
    expect_laws(calls);
}

TEST_F(ContentionTest, SellsFivePiecesToFiveOfTwentyShoppers) {
    shop.open();
    const auto rare = add_product("49.99", 5);
    const auto calls = begin_checkouts(20, {rare});
    until_all_ended(calls);

    EXPECT_EQ(count(calls, 200), 5);
    EXPECT_EQ(count(calls, 409), 15);
    EXPECT_EQ(available(rare), 0);
    EXPECT_THAT(shop.ledger(), SizeIs(5)) << "nobody was charged in vain";
    expect_laws(calls);
}

TEST_F(ContentionTest, LetsBuyersOfOneProductWaitForEachOtherAndNobodyElse) {
    shop.open(patient);
    const auto mouse = add_product("49.99", 50);
    const auto laptop = add_product("1299.99", 10);

    const auto first = begin_slow_checkout(1, {{mouse}});
    const auto same_product = begin_checkout(2, {{mouse}});
    until_waiting_for_locks(1);
    const auto other_product = begin_checkout(3, {{laptop}});
    until_all_ended({first, same_product, other_product});

    EXPECT_LT(other_product->place, first->place) << "came last, and waited for nobody";
    EXPECT_LT(first->place, same_product->place);
    EXPECT_EQ(count({first, same_product, other_product}, 200), 3);
    expect_laws();
}

TEST_F(ContentionTest, NeverLetsTwoCustomersWaitForEachOtherInACircle) {
    shop.open();
    const auto mouse = add_product("49.99", 50);
    const auto laptop = add_product("1299.99", 50);
    std::vector<CallPointer> calls;
    for (int user = 1; user <= 20; ++user) {
        calls.push_back(user % 2 == 0 ? begin_checkout(user, {{mouse}, {laptop}})
                                      : begin_checkout(user, {{laptop}, {mouse}}));
    }
    until_all_ended(calls);
    EXPECT_EQ(count(calls, 200), 20);
    expect_laws(calls);
}

TEST_F(ContentionTest, NeverLetsACustomersOwnCheckoutsWaitForEachOtherInACircle) {
    shop.open(patient);
    const auto mouse = add_product("49.99", 50);
    put_into_cart(7, {mouse, 1});
    const auto of_items = begin_slow_checkout(7, {{mouse, 2}});
    const auto of_cart = begin_checkout(7, {});
    until_waiting_for_locks(1);
    until_all_ended({of_items, of_cart});

    EXPECT_EQ(of_items->status(), 200);
    EXPECT_EQ(of_cart->status(), 200) << "the cart was read before the other checkout emptied it";
    expect_laws({of_items, of_cart});
}

TEST_F(ContentionTest, BuysACartOnceWhenItsCustomerChecksOutTwice) {
    shop.open(patient);
    const auto mouse = add_product("49.99", 50);
    put_into_cart(7, {mouse, 1});
    const auto first = begin_slow_checkout(7, {});
    const auto second = begin_checkout(7, {});
    until_waiting_for_locks(1);
    until_all_ended({first, second});

    EXPECT_EQ(first->status(), 200);
    EXPECT_EQ(second->status(), 400) << "the cart is empty by then";
    EXPECT_EQ(orders(), 1);
    expect_laws({first, second});
}

TEST_F(ContentionTest, PutsTheCancelledPiecesOfAProductBackThoughItIsBoughtForALongTime) {
    shop.open(patient);
    const auto mouse = add_product("49.99", 50);
    const auto bought = order_of(check_out(7, {{mouse, 3}}));
    const auto checkout = begin_slow_checkout(8, {{mouse, 1}}, 12'000);
    const std::string path = "/api/orders/" + std::to_string(bought.id) + "/cancel";
    EXPECT_EQ(shop.call(shop.request(http::Method::post, path, shop.token(7))).status, 200);
    until_waiting_for_locks(1);
    EXPECT_FALSE(checkout->ended());

    expect_laws({checkout});
    EXPECT_EQ(available(mouse), 49);
    EXPECT_THAT(shop.get("/metrics").body, Not(HasSubstr(R"(verdict="retry")"))) << "it had the patience";
}

TEST_F(ContentionTest, FillsCartsWhileTheirCustomersCheckOut) {
    shop.open(patient);
    const auto mouse = add_product("49.99", 50);
    put_into_cart(7, {mouse, 1});
    const auto checkout = begin_slow_checkout(7, {});
    put_into_cart(7, {mouse, 2});
    put_into_cart(8, {mouse, 1});
    EXPECT_FALSE(checkout->ended()) << "nobody who fills a cart waits for a checkout";

    EXPECT_EQ(shop.wait_for(checkout).status, 200);
    EXPECT_EQ(pieces_in_cart(7), 2) << "what came later was not bought";
    expect_laws({checkout});
}

} // namespace
} // namespace tandem::monolith
