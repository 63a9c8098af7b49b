#include "libs/testing/run.hpp"
#include "services/order/core/asynchronous_checkout.hpp"
#include "services/order/core/checkout_once.hpp"
#include "services/order/tests/unit/fakes.hpp"

#include <gtest/gtest.h>

namespace tandem::order {
namespace {

using fakes::customer;
using testing::run;

/// Says no at the last moment, as one that is paid at once may.
class DecliningFlow final : public CheckoutFlow {
    class Declined final : public PreparedCheckout {
        Task<Result<std::optional<StoredOrder>>> store(std::string, Caller) override {
            co_return fail(ErrorKind::payment_declined, "The card was declined.");
        }
    };
    Task<Result<std::unique_ptr<PreparedCheckout>>> prepare(CheckoutRequest, Caller) override {
        co_return std::make_unique<Declined>();
    }
};

class CheckoutOnceTest : public ::testing::Test {
protected:
    Result<CheckoutAnswer> buy(std::optional<KeyedRequest> key, int answer_status = 200) {
        CheckoutRequest request;
        return run(once.run(std::move(request), std::move(key), answer_status, caller));
    }

    Caller caller = customer();

    fakes::OrdersInMemory orders;
    fakes::CartsInMemory carts;
    fakes::FixedPrices prices;
    fakes::KeysInMemory keys{orders};
    Checkout checkout{orders, carts, prices};
    AsynchronousCheckout flow{checkout};
    CheckoutOnce once{flow, keys, orders};
    const KeyedRequest keyed{"key-1", "the cart"};

    void SetUp() override { carts.lines = {{ProductId(2), 2, std::nullopt}}; }
};

TEST_F(CheckoutOnceTest, BuysEachTimeWithoutAKey) {
    ASSERT_TRUE(buy(std::nullopt).has_value());
    ASSERT_TRUE(buy(std::nullopt).has_value());
    EXPECT_EQ(orders.orders.size(), 2u);
}

TEST_F(CheckoutOnceTest, RepeatsTheFirstAnswerWhateverHappenedToTheOrderSince) {
    const auto first = buy(keyed, 201);
    ASSERT_TRUE(first.has_value());
    const Timestamp later = orders.now + std::chrono::seconds(1);
    orders.orders.begin()->second.events.push_back({2, later, "", "", Processing{}});
    const auto again = buy(keyed, 200);

    ASSERT_TRUE(again.has_value());
    EXPECT_EQ(orders.orders.size(), 1u);
    EXPECT_FALSE(first->replayed);
    EXPECT_TRUE(again->replayed);
    EXPECT_EQ(again->answer_status, 201);
    EXPECT_EQ(again->order.state, first->order.state);
    EXPECT_EQ(again->order.processing_duration_ms, first->order.processing_duration_ms);
}

TEST_F(CheckoutOnceTest, RepeatsAnAnswerThatShowedMoreThanThePlacedOrder) {
    ASSERT_TRUE(buy(keyed).has_value());
    auto& stored = orders.orders.begin()->second;
    stored.events.push_back({2, stored.events.front().at, "", "", Processing{}});
    const auto again = buy(keyed);
    ASSERT_TRUE(again.has_value());
    EXPECT_EQ(again->order.state.status, OrderStatus::processing);
}

TEST_F(CheckoutOnceTest, FreesTheKeyWhenTheCheckoutIsRefusedWhileItIsStored) {
    DecliningFlow declining;
    CheckoutOnce declined(declining, keys, orders);
    const auto refused = run(declined.run(CheckoutRequest(), keyed, 200, caller));
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().kind(), ErrorKind::payment_declined);
    EXPECT_TRUE(buy(keyed).has_value());
}

TEST_F(CheckoutOnceTest, RefusesAKeyThatStandsForAnotherRequest) {
    ASSERT_TRUE(buy(keyed).has_value());
    const auto other = buy(KeyedRequest{"key-1", "something else"});
    ASSERT_FALSE(other.has_value());
    EXPECT_EQ(other.error().kind(), ErrorKind::invalid);
    EXPECT_EQ(other.error().fields().at(0).field, "Idempotency-Key");
}

TEST_F(CheckoutOnceTest, RefusesASecondRequestWhileTheFirstRuns) {
    keys.keys.emplace("key-1", fakes::KeysInMemory::Kept{"the cart", 200});
    const auto second = buy(keyed);
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().kind(), ErrorKind::conflict);
    EXPECT_TRUE(orders.orders.empty());
}

TEST_F(CheckoutOnceTest, GivesTheAnswerOfAHolderWhoseLeaseWasOverButWhoStoredFirst) {
    keys.keys.emplace("key-1", fakes::KeysInMemory::Kept{"the cart", 201, true});
    orders.before_add = [this] {
        Placed placed = samples::placed();
        placed.order = OrderId(17);
        orders.orders[OrderId(17)] = {{{1, orders.now, "order.created", "{}", placed}}, "key-1", 12};
    };
    const auto answer = buy(keyed);
    ASSERT_TRUE(answer.has_value());
    EXPECT_TRUE(answer->replayed);
    EXPECT_EQ(answer->answer_status, 201);
    EXPECT_EQ(answer->order.state.id, OrderId(17));
    EXPECT_EQ(answer->order.processing_duration_ms, 12);
}

TEST_F(CheckoutOnceTest, FreesTheKeyAfterARefusal) {
    carts.lines.clear();
    ASSERT_FALSE(buy(keyed).has_value());
    carts.lines = {{ProductId(2), 2, std::nullopt}};
    EXPECT_TRUE(buy(keyed).has_value());
}

TEST_F(CheckoutOnceTest, FreesTheKeyWhenTheCartServiceIsDown) {
    carts.down = true;
    EXPECT_THROW(buy(keyed), Unavailable);
    carts.down = false;
    EXPECT_TRUE(buy(keyed).has_value());
}

TEST_F(CheckoutOnceTest, KeepsTheKeyWhileNobodyKnowsWhetherTheOrderWasStored) {
    orders.before_add = [] { throw Unavailable("database"); };
    EXPECT_THROW(buy(keyed), Unavailable);
    orders.before_add = [] {};
    EXPECT_EQ(buy(keyed).error().kind(), ErrorKind::conflict);

    keys.keys.at("key-1").lease_over = true;
    EXPECT_TRUE(buy(keyed).has_value());
    EXPECT_EQ(orders.orders.size(), 1u);
}

TEST_F(CheckoutOnceTest, BeginsNothingForACallerWhoHasGivenUp) {
    caller.deadline = std::chrono::steady_clock::now();
    EXPECT_THROW(buy(keyed), DeadlineExceeded);
    EXPECT_THROW(buy(std::nullopt), DeadlineExceeded);
    EXPECT_TRUE(keys.keys.empty());
    EXPECT_TRUE(orders.orders.empty());
}

TEST_F(CheckoutOnceTest, FreesTheKeyWhenTheCallerGivesUpBeforeTheOrderIsStored) {
    orders.before_add = [] { throw DeadlineExceeded("database"); };
    EXPECT_THROW(buy(keyed), DeadlineExceeded);
    EXPECT_TRUE(keys.keys.empty());
    orders.before_add = [] {};
    EXPECT_TRUE(buy(keyed).has_value());
}

} // namespace
} // namespace tandem::order
