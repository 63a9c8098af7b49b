#include "services/payment/tests/integration/payment_shop.hpp"

#include <gmock/gmock.h>

namespace tandem::payment {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_F(PaymentShopTest, ChargesAReservedOrderOnceAndAnnouncesIt) {
    start_service();
    reserve(7, "12.50");
    const auto first = last_published;
    wait_for("the verdict", [&] { return !announced(7).empty(); });
    EXPECT_THAT(announced(7), ElementsAre("processed"));
    EXPECT_EQ(last_event.transaction_id, "ch_1");
    EXPECT_EQ(kept(7), Money::from_cents(1250));

    // The same event again, and another one that says the same.
    testing::run(io, publisher.publish({first}));
    reserve(7, "12.50");
    reserve(8, "1.00");
    wait_for("the next order", [&] { return !announced(8).empty(); });
    EXPECT_EQ(charges(7), 1);
    EXPECT_THAT(announced(7), ElementsAre("processed"));
}

TEST_F(PaymentShopTest, SettlesEveryTestAmount) {
    start_service();
    reserve(13, "5.13");
    reserve(14, "5.14");
    reserve(15, "5.15");
    wait_for("all verdicts", [&] { return events.size() == 3; });
    EXPECT_THAT(announced(13), ElementsAre("failed"));
    EXPECT_THAT(announced(14), ElementsAre("processed")) << "the answer was lost, the charge was not";
    EXPECT_THAT(announced(15), ElementsAre("processed")) << "two failures, then success";
    EXPECT_EQ(charges(13), 0);
    EXPECT_EQ(charges(14), 1);
    EXPECT_EQ(charges(15), 1);
    EXPECT_EQ(number("SELECT count(*) FROM payments WHERE reason = 'payment_declined'"), 1);
}

TEST_F(PaymentShopTest, WaitsForAProviderThatIsDown) {
    start_service();
    behave(R"({"outage":true})");
    for (int order = 1; order <= 20; ++order) {
        reserve(order, "3.00");
    }
    wait_for("a first refusal",
             [&] { return number("SELECT coalesce(max(refusals), 0) FROM payments") > 0; });
    EXPECT_THAT(events, IsEmpty());
    behave(R"({"outage":false})");
    wait_for("all verdicts", [&] { return events.size() == 20; });
    for (int order = 1; order <= 20; ++order) {
        EXPECT_THAT(announced(order), ElementsAre("processed"));
        EXPECT_EQ(charges(order), 1);
    }
}

TEST_F(PaymentShopTest, FailsAsUnavailableWhenTheProviderStaysDown) {
    start_service({{"PAYMENT_GIVE_UP_MS", "300"}});
    behave(R"({"outage":true})");
    reserve(7, "3.00");
    wait_for("the verdict", [&] { return !announced(7).empty(); });
    EXPECT_THAT(announced(7), ElementsAre("failed"));
    EXPECT_EQ(last_event.reason, "payment_unavailable");
    behave(R"({"outage":false})");
    EXPECT_THAT(ledger(), IsEmpty());
}

TEST_F(PaymentShopTest, FindsTheChargeWhoseAnswerWasLostBeforeItGivesUp) {
    // The first call times out when it is time to give up.
    start_service({{"PAYMENT_GIVE_UP_MS", "850"}, {"PROVIDER_TIMEOUT_MS", "900"}});
    reserve(14, "5.14");
    wait_for("the verdict", [&] { return !announced(14).empty(); });
    EXPECT_THAT(announced(14), ElementsAre("processed"));
    EXPECT_EQ(charges(14), 1);
}

TEST_F(PaymentShopTest, NeverChargesAnOrderThatEndedBeforeItsReservationArrived) {
    start_service();
    cancel(7, "3.00");
    reserve(7, "3.00");
    reserve(8, "3.00");
    wait_for("the next order", [&] { return !announced(8).empty(); });
    EXPECT_EQ(number("SELECT count(*) FROM payments WHERE status = 'voided'"), 1);
    EXPECT_EQ(charges(7), 0);
    EXPECT_THAT(announced(7), IsEmpty());
}

TEST_F(PaymentShopTest, RefundsAPaidOrderThatIsCancelled) {
    start_service();
    reserve(7, "3.00");
    wait_for("the charge", [&] { return !announced(7).empty(); });
    cancel(7, "3.00");
    cancel(7, "3.00");
    wait_for("the refund", [&] { return announced(7).size() > 1; });
    EXPECT_THAT(announced(7), ElementsAre("processed", "refunded"));
    EXPECT_EQ(kept(7), Money());
    EXPECT_EQ(ledger().size(), 2U);
}

TEST_F(PaymentShopTest, RefundsWhatIsChargedWhileItsOrderIsCancelled) {
    start_service();
    behave(R"({"delay_ms":300})");
    reserve(7, "3.00");
    wait_for("the call", [&] { return number("SELECT coalesce(max(attempts), 0) FROM payments") == 1; });
    cancel(7, "3.00");
    wait_for("the refund", [&] { return !announced(7).empty(); });
    EXPECT_THAT(announced(7), ElementsAre("refunded"));
    EXPECT_EQ(charges(7), 1);
    EXPECT_EQ(kept(7), Money());
}

TEST_F(PaymentShopTest, RefundsALostChargeOfACancelledOrder) {
    start_service();
    reserve(14, "5.14");
    wait_for("the charge", [&] { return charges(14) == 1; });
    cancel(14, "5.14");
    wait_for("the refund", [&] { return kept(14) == Money(); });
    wait_for("its announcement",
             [&] { return !announced(14).empty() && announced(14).back() == "refunded"; });
}

TEST_F(PaymentShopTest, KilledAgainAndAgainItChargesNothingTwiceAndForgetsNothing) {
    constexpr int orders = 120;
    start_service();
    start_service();
    for (int order = 1; order <= orders; ++order) {
        reserve(order, "2.00");
        if (order % 3 == 0) {
            cancel(order, "2.00");
        }
        if (order % 30 == 0) {
            kill(services.front()->pid(), SIGKILL);
            services.erase(services.begin());
            start_service();
        }
        if (order == 70) {
            kill(provider->pid(), SIGKILL);
            provider.reset();
            start_provider();
        }
    }
    wait_for("rest", [&] {
        return number("SELECT count(*) FROM payments") == orders &&
               number("SELECT count(*) FROM payments WHERE status IN ('pending', 'refunding')") == 0 &&
               number("SELECT count(*) FROM outbox") == 0;
    });
    std::map<std::int64_t, Money> sums;
    for (const LedgerEntry& entry : ledger()) {
        Money& sum = sums[entry.order_id];
        sum = entry.kind == "charge" ? sum + entry.amount : sum - entry.amount;
    }
    for (int order = 1; order <= orders; ++order) {
        EXPECT_EQ(sums[order].cents(), order % 3 == 0 ? 0 : 200) << "order " << order;
    }
}

TEST_F(PaymentShopTest, EndsWithZeroOnSigterm) {
    start_service();
    reserve(7, "3.00");
    kill(services.front()->pid(), SIGTERM);
    EXPECT_EQ(services.front()->wait(), 0);
}

} // namespace
} // namespace tandem::payment
