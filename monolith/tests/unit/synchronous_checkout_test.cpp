#include "libs/testing/run.hpp"
#include "monolith/tests/unit/shop_in_memory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tandem::monolith {
namespace {

using namespace std::chrono_literals;
using order::OrderStatus;
using order::ProductId;
using order::UserId;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Confirmation = CheckoutPage::Confirmation;
using Kind = payment::ProviderAnswer::Kind;
using Outcome = Result<std::optional<order::StoredOrder>>;

class Noon final : public Clock {
public:
    Timestamp now() const override { return order::samples::noon; }
};

class SynchronousCheckoutTest : public ::testing::Test {
protected:
    /// Two mice in the cart: 99.98.
    SynchronousCheckoutTest() { shop.carts[caller.user] = {{ProductId(2), 2, std::nullopt}}; }

    Outcome buy(order::CheckoutRequest request, std::string key = "") {
        const auto prepared = testing::run(checkout.prepare(std::move(request), caller));
        return testing::run((*prepared)->store(std::move(key), caller));
    }
    Outcome buy_cart(std::string key = "") { return buy({}, std::move(key)); }
    Outcome buy_items(std::vector<order::RequestedLine> items) { return buy({.items = std::move(items)}); }

    /// Neither order nor stock nor cart nor key has changed.
    void expect_nothing_kept() const {
        EXPECT_THAT(shop.orders, IsEmpty());
        EXPECT_THAT(shop.captured, IsEmpty());
        EXPECT_THAT(shop.keys, IsEmpty());
        EXPECT_EQ(shop.carts.at(caller.user).size(), 1U);
        EXPECT_EQ(shop.shelves.at(product::ProductId(1)).stock, product::Stock::of(10));
        EXPECT_EQ(shop.shelves.at(product::ProductId(2)).stock, product::Stock::of(50));
    }
    void expect_refused(const Outcome& outcome, ErrorKind kind) {
        ASSERT_FALSE(outcome.has_value());
        EXPECT_EQ(outcome.error().kind(), kind) << outcome.error().message();
        EXPECT_EQ(shop.steps.back(), "roll back");
        EXPECT_THAT(shop.intents, IsEmpty()) << "no money was to move";
        expect_nothing_kept();
    }

    order::Caller caller = order::fakes::customer(5);
    const Noon clock;
    fakes::ShopInMemory shop;
    fakes::BookInMemory book{shop};
    fakes::IntentsInMemory intents{shop};
    fakes::OneAnswerProvider provider{shop};
    fakes::PostmanInMemory postman{shop};
    SynchronousCheckout checkout{{book, intents, provider, postman, clock}, "tandem.example.com"};
};

TEST_F(SynchronousCheckoutTest, DoesEverythingInOneTransactionAndInOrder) {
    const auto bought = buy_cart("key-1");

    ASSERT_TRUE(bought.has_value() && bought->has_value());
    EXPECT_EQ((*bought)->state.status, OrderStatus::paid);
    EXPECT_THAT(shop.steps,
                ElementsAre("open",
                            "draw number",
                            "take key",
                            "cart",
                            "lock shelves",
                            "reserve",
                            "place",
                            "intent",
                            "hold payment",
                            "charge",
                            "capture",
                            "sell",
                            "record",
                            "paid event",
                            "mail",
                            "record",
                            "empty cart",
                            "commit"));
}

TEST_F(SynchronousCheckoutTest, KeepsAPaidOrderWithItsWholeHistory) {
    const auto bought = buy_cart();

    ASSERT_TRUE(bought.has_value() && bought->has_value());
    const order::OrderState& answered = (*bought)->state;
    ASSERT_EQ(shop.orders.size(), 1U);
    const auto& kept = shop.orders.at(answered.id);
    ASSERT_EQ(kept.history.size(), 4U);
    EXPECT_TRUE(std::holds_alternative<order::Placed>(kept.history[0].event));
    EXPECT_TRUE(std::holds_alternative<order::Processing>(kept.history[1].event));
    EXPECT_TRUE(std::holds_alternative<order::Paid>(kept.history[2].event));
    EXPECT_TRUE(std::holds_alternative<order::MailSent>(kept.history[3].event));
    EXPECT_EQ(kept.history.back().after, answered) << "what is answered is what is kept";
    EXPECT_EQ(kept.confirmation, Confirmation::sent);
    EXPECT_EQ(answered.total, Money::from_cents(9'998));
    EXPECT_EQ(answered.created_at, clock.now());
    EXPECT_EQ(answered.payment->transaction_id, "ch_1");
}

TEST_F(SynchronousCheckoutTest, KeepsTheDurationThatItAnswersSoThatTheAnswerCanBeRepeated) {
    caller.arrived = std::chrono::steady_clock::now() - 70ms;
    const auto bought = buy_cart();

    ASSERT_TRUE(bought.has_value() && bought->has_value());
    EXPECT_GE((*bought)->processing_duration_ms, 70);
    const auto took = shop.orders.at(order::OrderId(1)).took;
    EXPECT_EQ((*bought)->processing_duration_ms, took.count());
}

TEST_F(SynchronousCheckoutTest, SellsWhatWasReservedAndEmptiesTheCart) {
    ASSERT_TRUE(buy_cart("key-1").has_value());

    const product::Stock expected{.initial = 50, .available = 48, .sold = 2};
    EXPECT_EQ(shop.shelves.at(product::ProductId(2)).stock, expected);
    EXPECT_FALSE(shop.carts.contains(caller.user));
    EXPECT_TRUE(shop.keys.contains("key-1"));
}

TEST_F(SynchronousCheckoutTest, ChargesTheCatalogsPriceForTheOrdersNumberAndKeepsThePayment) {
    ASSERT_TRUE(buy_cart().has_value());

    ASSERT_EQ(provider.charges.size(), 1U);
    EXPECT_EQ(provider.charges[0].order, payment::OrderId(1));
    EXPECT_EQ(provider.charges[0].amount, Money::from_cents(9'998));
    EXPECT_EQ(shop.captured.at(payment::PaymentId(31)), "ch_1");
    EXPECT_THAT(shop.intents, IsEmpty());
}

TEST_F(SynchronousCheckoutTest, BuysTheItemsOfTheRequestInsteadOfTheCart) {
    const auto bought = buy_items({{ProductId(1), 1, Money::from_cents(129'999)}});

    ASSERT_TRUE(bought.has_value() && bought->has_value());
    EXPECT_EQ((*bought)->state.total, Money::from_cents(129'999));
}

TEST_F(SynchronousCheckoutTest, SendsTheMailThatTheEventWouldSend) {
    ASSERT_TRUE(buy_cart().has_value());

    ASSERT_EQ(postman.mails.size(), 1U);
    const email::Mail& mail = postman.mails.front();
    EXPECT_EQ(mail.message_id, email::message_id(shop.paid_event_id, "tandem.example.com"));
    EXPECT_EQ(mail.to.address, caller.email);
    EXPECT_EQ(mail.letter.subject, "Order Confirmation - Order #1");
}

TEST_F(SynchronousCheckoutTest, RefusesAnEmptyCart) {
    shop.carts[caller.user].clear();
    const auto refused = buy_cart();
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().kind(), ErrorKind::bad_request);
    EXPECT_THAT(shop.orders, IsEmpty());
}

TEST_F(SynchronousCheckoutTest, RefusesAnEmptyListOfItemsAsInvalid) {
    expect_refused(buy_items({}), ErrorKind::invalid);
}

TEST_F(SynchronousCheckoutTest, RefusesAProductThatIsNotInTheCatalog) {
    expect_refused(buy_items({{ProductId(77), 1, std::nullopt}}), ErrorKind::invalid);
}

TEST_F(SynchronousCheckoutTest, RefusesAProductThatIsNotOnSaleAnyMore) {
    shop.shelves.at(product::ProductId(1)).on_sale = false;
    expect_refused(buy_items({{ProductId(1), 1, std::nullopt}}), ErrorKind::invalid);
}

TEST_F(SynchronousCheckoutTest, RefusesAPriceThatIsNotTheCatalogs) {
    expect_refused(buy_items({{ProductId(2), 1, Money::from_cents(1)}}), ErrorKind::conflict);
}

TEST_F(SynchronousCheckoutTest, RefusesAllLinesWhenOneIsOutOfStock) {
    const auto refused = buy_items({{ProductId(2), 1, std::nullopt}, {ProductId(1), 11, std::nullopt}});
    expect_refused(refused, ErrorKind::conflict);
    EXPECT_THAT(refused.error().message(), ::testing::HasSubstr("11 ordered, 10 left"));
}

TEST_F(SynchronousCheckoutTest, BuysNothingUnderAKeyThatHasAnOrder) {
    shop.keys.insert("key-1");
    const auto outcome = buy_cart("key-1");

    ASSERT_TRUE(outcome.has_value());
    EXPECT_FALSE(outcome->has_value());
    EXPECT_THAT(shop.steps, ElementsAre("open", "draw number", "take key", "roll back"));
}

TEST_F(SynchronousCheckoutTest, BeginsNothingForACallerWhoHasGivenUp) {
    caller.deadline = std::chrono::steady_clock::now();
    EXPECT_THROW(buy_cart(), DeadlineExceeded);
    EXPECT_THAT(shop.steps, ElementsAre("open"));
}

TEST_F(SynchronousCheckoutTest, ForgetsADeclinedPaymentAfterItHasGivenUpThePageThatHoldsIt) {
    provider.answer = {Kind::declined, "The card was declined."};
    const auto declined = buy_cart("key-1");

    ASSERT_FALSE(declined.has_value());
    EXPECT_EQ(declined.error().kind(), ErrorKind::payment_declined);
    EXPECT_EQ(declined.error().message(), "The card was declined.");
    const std::vector<std::string> last(shop.steps.end() - 3, shop.steps.end());
    EXPECT_THAT(last, ElementsAre("charge", "give up", "forget intent"));
    EXPECT_THAT(shop.intents, IsEmpty());
    expect_nothing_kept();
    EXPECT_THAT(postman.mails, IsEmpty());
}

TEST_F(SynchronousCheckoutTest, LeavesTheIntentToBeVoidedWhenTheProviderDoesNotAnswer) {
    for (const Kind kind : {Kind::refused, Kind::unknown}) {
        shop.intents.clear();
        provider.answer = {kind, "no answer"};
        const auto refused = buy_cart("key-1");

        ASSERT_FALSE(refused.has_value());
        EXPECT_EQ(refused.error().kind(), ErrorKind::unavailable);
        EXPECT_GT(refused.error().retry_after_s(), 0);
        EXPECT_EQ(shop.steps.back(), "roll back");
        EXPECT_EQ(shop.intents.size(), 1U) << "it may have been charged";
        expect_nothing_kept();
    }
}

TEST_F(SynchronousCheckoutTest, KeepsThePaidOrderWhenTheMailServerIsAway) {
    postman.receipt = std::nullopt;
    const auto bought = buy_cart();

    ASSERT_TRUE(bought.has_value() && bought->has_value());
    EXPECT_EQ((*bought)->state.status, OrderStatus::paid);
    const auto& kept = shop.orders.at(order::OrderId(1));
    EXPECT_EQ(kept.confirmation, Confirmation::still_to_be_sent);
    EXPECT_TRUE(std::holds_alternative<order::Paid>(kept.history.back().event)) << "no word of a mail";
}

TEST_F(SynchronousCheckoutTest, RecordsAMailThatIsRefusedForGoodAndDoesNotTryItAgain) {
    postman.receipt = email::MailReceipt{.accepted = false, .refusal = "No such user."};
    ASSERT_TRUE(buy_cart().has_value());

    const auto& kept = shop.orders.at(order::OrderId(1));
    EXPECT_EQ(kept.confirmation, Confirmation::sent);
    const auto* failed = std::get_if<order::MailFailed>(&kept.history.back().event);
    ASSERT_NE(failed, nullptr);
    EXPECT_EQ(failed->error_message, "No such user.");
    EXPECT_EQ(failed->message_id, postman.mails.front().message_id);
}

TEST_F(SynchronousCheckoutTest, MovesNoMoneyWhenTheDatabaseBreaksBeforeTheIntentIsKept) {
    for (const char* step :
         {"draw number", "take key", "cart", "lock shelves", "reserve", "place", "intent"}) {
        shop.breaks_at = step;
        EXPECT_THROW(buy_cart("key-1"), Unavailable) << step;
        EXPECT_THAT(provider.charges, IsEmpty()) << step;
        EXPECT_THAT(shop.intents, IsEmpty()) << step;
        expect_nothing_kept();
    }
}

TEST_F(SynchronousCheckoutTest, LeavesTheIntentToBeVoidedWhenTheDatabaseBreaksLater) {
    for (const char* step :
         {"hold payment", "capture", "sell", "record", "paid event", "empty cart", "commit"}) {
        shop.intents.clear();
        shop.breaks_at = step;
        EXPECT_THROW(buy_cart("key-1"), Unavailable) << step;
        EXPECT_EQ(shop.intents.size(), 1U) << step;
        EXPECT_THAT(shop.steps, ::testing::Not(::testing::Contains("forget intent"))) << step;
        expect_nothing_kept();
    }
}

TEST_F(SynchronousCheckoutTest, ChargesNothingForAPaymentThatItCannotHold) {
    shop.breaks_at = "hold payment";
    EXPECT_THROW(buy_cart(), Unavailable);
    EXPECT_THAT(provider.charges, IsEmpty());
}

} // namespace
} // namespace tandem::monolith
