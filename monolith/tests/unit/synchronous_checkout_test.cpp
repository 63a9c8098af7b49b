#include "monolith/tests/unit/checkout_in_memory.hpp"

namespace tandem::monolith {
namespace {

using namespace std::chrono_literals;
using order::OrderStatus;
using order::ProductId;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Confirmation = CheckoutPage::Confirmation;

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

} // namespace
} // namespace tandem::monolith
