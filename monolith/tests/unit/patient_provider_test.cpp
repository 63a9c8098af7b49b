#include "libs/testing/run.hpp"
#include "monolith/infrastructure/patient_provider.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>

namespace tandem::monolith {
namespace {

using namespace std::chrono_literals;
using payment::ProviderAnswer;
using payment::Purchase;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Kind = ProviderAnswer::Kind;

class SetClock final : public Clock {
public:
    Timestamp now() const override { return moment; }
    Timestamp moment{1'000'000s};
};

class ScriptedProvider final : public payment::Provider {
public:
    Task<ProviderAnswer> charge(Purchase purchase) override {
        charges.push_back(std::move(purchase));
        ProviderAnswer answer = answers.front();
        answers.pop_front();
        co_return answer;
    }
    Task<ProviderAnswer> find_charge(Purchase) override { co_return ProviderAnswer{Kind::no_charge, ""}; }
    Task<ProviderAnswer> refund(Purchase, std::string) override {
        co_return ProviderAnswer{Kind::refunded, ""};
    }

    std::deque<ProviderAnswer> answers;
    std::vector<Purchase> charges;
};

class PatientProviderTest : public ::testing::Test {
protected:
    ProviderAnswer charge(std::deque<ProviderAnswer> answers) {
        provider.answers = std::move(answers);
        provider.charges.clear();
        return testing::run(patient.charge(purchase));
    }

    const Purchase purchase{
        payment::OrderId(7), payment::UserId(42), "a@example.com", Money::from_cents(1'250), "paypal", {}};
    SetClock clock;
    ScriptedProvider provider;
    payment::CircuitBreaker breaker{{.failures_max = 4, .cool_down = 5s}};
    PatientProvider patient{provider, breaker, clock, {.first = 1ms, .longest = 1ms}};
};

TEST_F(PatientProviderTest, AsksOnceWhenItIsAnswered) {
    const auto answer = charge({{Kind::charged, "ch_1"}});
    EXPECT_EQ(answer.kind, Kind::charged);
    EXPECT_EQ(answer.text, "ch_1");
    EXPECT_THAT(provider.charges, SizeIs(1));
}

TEST_F(PatientProviderTest, AsksAgainForTheSamePurchaseWhenItIsNotAnswered) {
    const auto answer = charge({{Kind::unknown, "timeout"}, {Kind::refused, "503"}, {Kind::charged, "ch_1"}});
    EXPECT_EQ(answer.kind, Kind::charged);
    ASSERT_THAT(provider.charges, SizeIs(3));
    for (const Purchase& asked : provider.charges) {
        EXPECT_EQ(asked.order, purchase.order) << "the order is the key at the provider";
        EXPECT_EQ(asked.amount, purchase.amount);
    }
}

TEST_F(PatientProviderTest, GivesUpAfterTheThirdTime) {
    const auto answer = charge(std::deque<ProviderAnswer>(4, {Kind::unknown, "timeout"}));
    EXPECT_EQ(answer.kind, Kind::unknown);
    EXPECT_THAT(provider.charges, SizeIs(3));
}

TEST_F(PatientProviderTest, TakesADeclineAsFinal) {
    const auto answer = charge({{Kind::declined, "no"}, {Kind::charged, "ch_1"}});
    EXPECT_EQ(answer.kind, Kind::declined);
    EXPECT_THAT(provider.charges, SizeIs(1));
}

TEST_F(PatientProviderTest, KnowsThatNothingWasChargedWhenEveryCallWasRefused) {
    EXPECT_EQ(charge(std::deque<ProviderAnswer>(3, {Kind::refused, "503"})).kind, Kind::refused);
}

TEST_F(PatientProviderTest, DoesNotKnowWhenOneCallOfThreeMayHaveBeenTaken) {
    for (std::size_t lost = 0; lost < 3; ++lost) {
        breaker.succeeded();
        std::deque<ProviderAnswer> answers(3, {Kind::refused, "503"});
        answers[lost] = {Kind::unknown, "timeout"};
        EXPECT_EQ(charge(answers).kind, Kind::unknown) << "call " << lost;
    }
}

TEST_F(PatientProviderTest, AsksNothingWhileTheBreakerIsOpen) {
    charge(std::deque<ProviderAnswer>(3, {Kind::unknown, "timeout"}));
    charge({{Kind::unknown, "timeout"}}); // the fourth failure opens the breaker
    EXPECT_THAT(provider.charges, SizeIs(1));

    const auto answer = charge({{Kind::charged, "ch_1"}});
    EXPECT_EQ(answer.kind, Kind::refused) << "surely nothing was charged";
    EXPECT_THAT(provider.charges, IsEmpty());
}

TEST_F(PatientProviderTest, ClosesTheBreakerWhenTheProviderAnswersAgain) {
    charge(std::deque<ProviderAnswer>(3, {Kind::unknown, "timeout"}));
    charge({{Kind::unknown, "timeout"}});
    clock.moment += 5s;

    EXPECT_EQ(charge({{Kind::declined, "no"}}).kind, Kind::declined) << "a decline is an answer";
    EXPECT_EQ(breaker.state(clock.moment), payment::CircuitBreaker::State::closed);
}

TEST_F(PatientProviderTest, TellsHowLateItsLastCallMayBegin) {
    // Two calls that time out, and the longest pauses after them.
    EXPECT_EQ(PatientProvider::last_call_after({.first = 200ms, .longest = 15s}, 3s), 6'600ms);
}

TEST_F(PatientProviderTest, HandsTheOtherCallsThrough) {
    EXPECT_EQ(testing::run(patient.find_charge(purchase)).kind, Kind::no_charge);
    EXPECT_EQ(testing::run(patient.refund(purchase, "ch_1")).kind, Kind::refunded);
}

} // namespace
} // namespace tandem::monolith
