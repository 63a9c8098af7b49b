#include "libs/testing/run.hpp"
#include "services/payment/core/charging.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <functional>
#include <map>

namespace tandem::payment {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using Kind = ProviderAnswer::Kind;
using testing::run;

class SetClock final : public Clock {
public:
    Timestamp now() const override { return moment; }
    Timestamp moment{1'000'000s};
};

class PaymentsInMemory final : public Payments {
public:
    Task<std::set<std::string>> take(std::vector<OrderNotice>, Timestamp) override {
        co_return std::set<std::string>();
    }

    Task<std::vector<Payment>> claim(Claim claim) override {
        claims.push_back(claim);
        co_return std::vector<Payment>();
    }

    Task<bool> save(Payment payment, Timestamp) override {
        Payment::State& stored = by_order.at(payment.state().purchase.order);
        if (stored.revision != payment.state().revision) {
            co_return false;
        }
        stored = payment.state();
        ++stored.revision;
        if (payment.announcement()) {
            announced.push_back(*payment.announcement());
        }
        co_return true;
    }

    Task<std::optional<Payment>> find(OrderId order) override { co_return Payment(by_order.at(order)); }

    std::map<OrderId, Payment::State> by_order;
    std::vector<Announcement> announced;
    std::vector<Claim> claims;
};

/// Answers what it is told; `meanwhile` happens while a call is under way.
class ScriptedProvider final : public Provider {
public:
    Task<ProviderAnswer> charge(Purchase) override { co_return answer("charge"); }
    Task<ProviderAnswer> find_charge(Purchase) override { co_return answer("find"); }
    Task<ProviderAnswer> refund(Purchase, std::string id) override { co_return answer("refund " + id); }

    std::deque<ProviderAnswer> answers;
    std::vector<std::string> calls;
    std::function<void()> meanwhile;

private:
    ProviderAnswer answer(const std::string& call) {
        calls.push_back(call);
        if (meanwhile) {
            std::exchange(meanwhile, nullptr)();
        }
        const ProviderAnswer first = answers.front();
        answers.pop_front();
        return first;
    }
};

class ChargingTest : public ::testing::Test {
protected:
    ChargingTest() {
        Purchase purchase{OrderId(7), UserId(42), "a@example.com", Money::from_cents(1250), "paypal", {}};
        state() = Payment::request(std::move(purchase), clock.moment).state();
    }

    Payment::State& state() { return payments.by_order[OrderId(7)]; }

    /// One turn, as claimed from the store.
    void turn(std::vector<ProviderAnswer> answers) {
        provider.answers.assign(answers.begin(), answers.end());
        Payment::State& stored = state();
        const bool may_charge = stored.status == Status::pending && !stored.void_requested &&
                                clock.moment - stored.created_at < rules.give_up;
        stored.unsettled_until = may_charge ? clock.moment + rules.settle : stored.unsettled_until;
        ++stored.attempts;
        ++stored.revision;
        run(charging.take_turn(Payment(stored)));
    }

    void void_now() {
        Payment payment(state());
        payment.request_void(clock.moment);
        run(payments.save(payment, clock.moment));
    }

    SetClock clock;
    PaymentsInMemory payments;
    ScriptedProvider provider;
    CircuitBreaker breaker{{.failures_max = 3, .cool_down = 5s}};
    ChargingRules rules{.lease = 8s, .settle = 30s, .give_up = 600s, .retry = {}};
    Charging charging{payments, provider, breaker, clock, rules, [] { return 0.5; }};
};

TEST_F(ChargingTest, AChargeIsAnnouncedOnce) {
    turn({{Kind::charged, "ch_1"}});
    EXPECT_EQ(state().status, Status::processed);
    EXPECT_EQ(state().transaction_id, "ch_1");
    EXPECT_THAT(payments.announced, ElementsAre(Announcement::processed));
}

TEST_F(ChargingTest, AnUnknownOutcomeIsTriedAgainLater) {
    turn({{Kind::unknown, "timeout"}});
    EXPECT_EQ(state().status, Status::pending);
    EXPECT_EQ(state().due_at, clock.moment + 100ms);
    turn({{Kind::unknown, "timeout"}});
    EXPECT_EQ(state().due_at, clock.moment + 200ms) << "the pause doubles";
    EXPECT_TRUE(payments.announced.empty());
}

TEST_F(ChargingTest, AVoidThatComesDuringTheChargeRefundsIt) {
    provider.meanwhile = [this] { void_now(); };
    turn({{Kind::charged, "ch_1"}});
    EXPECT_EQ(state().status, Status::refunding);
    EXPECT_TRUE(payments.announced.empty()) << "never told as processed";
    turn({{Kind::refunded, ""}});
    EXPECT_THAT(provider.calls, ElementsAre("charge", "refund ch_1"));
    EXPECT_THAT(payments.announced, ElementsAre(Announcement::refunded));
}

TEST_F(ChargingTest, AVoidDuringADeclineKeepsQuiet) {
    provider.meanwhile = [this] { void_now(); };
    turn({{Kind::declined, "no"}});
    EXPECT_EQ(state().status, Status::voided);
    EXPECT_TRUE(payments.announced.empty());
}

TEST_F(ChargingTest, AfterAVoidAnUnknownChargeIsLookedUpAndRefunded) {
    turn({{Kind::unknown, "timeout"}});
    void_now();
    turn({{Kind::charged, "ch_1"}});
    EXPECT_THAT(provider.calls, ElementsAre("charge", "find"));
    EXPECT_EQ(state().status, Status::refunding);
}

TEST_F(ChargingTest, NoChargeIsBelievedOnlyWhenNoneCanComeAnyMore) {
    turn({{Kind::unknown, "timeout"}});
    void_now();
    clock.moment += 10s;
    turn({{Kind::no_charge, ""}});
    EXPECT_EQ(state().status, Status::pending);
    EXPECT_EQ(state().due_at, state().unsettled_until);
    clock.moment += 20s;
    turn({{Kind::no_charge, ""}});
    EXPECT_EQ(state().status, Status::voided);
}

TEST_F(ChargingTest, GivesUpWithoutAskingWhenEveryCallWasRefused) {
    turn({{Kind::refused, "outage"}});
    clock.moment += 600s;
    turn({});
    EXPECT_EQ(state().status, Status::failed);
    EXPECT_EQ(state().reason, "payment_unavailable");
    EXPECT_THAT(provider.calls, ElementsAre("charge"));
}

TEST_F(ChargingTest, GivesUpAnUnknownOutcomeOnlyAfterAsking) {
    turn({{Kind::unknown, "timeout"}});
    clock.moment += 600s;
    turn({{Kind::unknown, "timeout"}});
    EXPECT_EQ(state().status, Status::pending);
    turn({{Kind::no_charge, ""}});
    EXPECT_EQ(state().status, Status::failed);
    EXPECT_THAT(provider.calls, ElementsAre("charge", "find", "find"));
}

TEST_F(ChargingTest, GivingUpFindsTheChargeAndCountsIt) {
    turn({{Kind::unknown, "timeout"}});
    clock.moment += 600s;
    turn({{Kind::charged, "ch_1"}});
    EXPECT_EQ(state().status, Status::processed);
}

TEST_F(ChargingTest, AKilledTurnCountsAsUnknown) {
    ++state().attempts;
    void_now();
    EXPECT_EQ(state().status, Status::pending);
    turn({{Kind::charged, "ch_1"}});
    EXPECT_THAT(provider.calls, ElementsAre("find"));
    EXPECT_EQ(state().status, Status::refunding);
}

TEST_F(ChargingTest, ARefundIsTriedUntilItSucceeds) {
    turn({{Kind::charged, "ch_1"}});
    void_now();
    for (int i = 0; i < 2; ++i) {
        turn({{Kind::unknown, "timeout"}});
        EXPECT_EQ(state().status, Status::refunding);
    }
    clock.moment += 24h;
    turn({{Kind::refunded, ""}});
    EXPECT_EQ(state().status, Status::refunded);
}

TEST_F(ChargingTest, AnOpenBreakerSparesTheProviderAndCountsAsRefused) {
    for (int i = 0; i < 3; ++i) {
        turn({{Kind::unknown, "timeout"}});
    }
    turn({});
    EXPECT_EQ(provider.calls.size(), 3U);
    EXPECT_EQ(state().refusals, 1);
    run(charging.claim(10));
    EXPECT_TRUE(payments.claims.back().only_given_up);
    clock.moment += 5s;
    run(charging.claim(10));
    EXPECT_FALSE(payments.claims.back().only_given_up);
    EXPECT_EQ(payments.claims.back().limit, 1U) << "one probe";
    turn({{Kind::charged, "ch_1"}});
    run(charging.claim(10));
    EXPECT_EQ(payments.claims.back().limit, 10U);
}

} // namespace
} // namespace tandem::payment
