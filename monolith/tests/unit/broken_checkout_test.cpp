#include "monolith/tests/unit/checkout_in_memory.hpp"

namespace tandem::monolith {
namespace {

using order::OrderStatus;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Confirmation = CheckoutPage::Confirmation;
using Kind = payment::ProviderAnswer::Kind;

/// What may go wrong once everything is in order.
using BrokenCheckoutTest = SynchronousCheckoutTest;

TEST_F(BrokenCheckoutTest, BuysNothingUnderAKeyThatHasAnOrder) {
    shop.keys.insert("key-1");
    const auto outcome = buy_cart("key-1");

    ASSERT_TRUE(outcome.has_value());
    EXPECT_FALSE(outcome->has_value());
    EXPECT_THAT(shop.steps, ElementsAre("open", "draw number", "take key", "roll back"));
}

TEST_F(BrokenCheckoutTest, BeginsNothingForACallerWhoHasGivenUp) {
    caller.deadline = std::chrono::steady_clock::now();
    EXPECT_THROW(buy_cart(), DeadlineExceeded);
    EXPECT_THAT(shop.steps, ElementsAre("open"));
}

TEST_F(BrokenCheckoutTest, ForgetsADeclinedPaymentAfterItHasGivenUpThePageThatHoldsIt) {
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

TEST_F(BrokenCheckoutTest, LeavesTheIntentToBeVoidedWhenTheProviderDoesNotAnswer) {
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

TEST_F(BrokenCheckoutTest, KeepsThePaidOrderWhenTheMailServerIsAway) {
    postman.receipt = std::nullopt;
    const auto bought = buy_cart();

    ASSERT_TRUE(bought.has_value() && bought->has_value());
    EXPECT_EQ((*bought)->state.status, OrderStatus::paid);
    const auto& kept = shop.orders.at(order::OrderId(1));
    EXPECT_EQ(kept.confirmation, Confirmation::still_to_be_sent);
    EXPECT_TRUE(std::holds_alternative<order::Paid>(kept.history.back().event)) << "no word of a mail";
}

TEST_F(BrokenCheckoutTest, RecordsAMailThatIsRefusedForGoodAndDoesNotTryItAgain) {
    postman.receipt = email::MailReceipt{.accepted = false, .refusal = "No such user."};
    ASSERT_TRUE(buy_cart().has_value());

    const auto& kept = shop.orders.at(order::OrderId(1));
    EXPECT_EQ(kept.confirmation, Confirmation::sent);
    const auto* failed = std::get_if<order::MailFailed>(&kept.history.back().event);
    ASSERT_NE(failed, nullptr);
    EXPECT_EQ(failed->error_message, "No such user.");
    EXPECT_EQ(failed->message_id, postman.mails.front().message_id);
}

TEST_F(BrokenCheckoutTest, MovesNoMoneyWhenTheDatabaseBreaksBeforeTheIntentIsKept) {
    for (const char* step :
         {"draw number", "take key", "cart", "lock shelves", "reserve", "place", "intent"}) {
        shop.breaks_at = step;
        EXPECT_THROW(buy_cart("key-1"), Unavailable) << step;
        EXPECT_THAT(provider.charges, IsEmpty()) << step;
        EXPECT_THAT(shop.intents, IsEmpty()) << step;
        expect_nothing_kept();
    }
}

TEST_F(BrokenCheckoutTest, LeavesTheIntentToBeVoidedWhenTheDatabaseBreaksLater) {
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

TEST_F(BrokenCheckoutTest, ChargesNothingForAPaymentThatItCannotHold) {
    shop.breaks_at = "hold payment";
    EXPECT_THROW(buy_cart(), Unavailable);
    EXPECT_THAT(provider.charges, IsEmpty());
}

} // namespace
} // namespace tandem::monolith
