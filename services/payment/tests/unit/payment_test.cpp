#include "services/payment/domain/payment.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <vector>

namespace tandem::payment {
namespace {

using namespace std::chrono_literals;

const Timestamp now(1'000'000s);
const auto give_up = 600'000ms;

Purchase purchase() {
    return {OrderId(7), UserId(42), "a@example.com", Money::from_cents(1250), "paypal", {}};
}

/// A payment in `status`, whose turn has begun if it has one.
Payment in(Status status, bool void_requested = false) {
    Payment::State state;
    state.purchase = purchase();
    state.created_at = now;
    state.status = status;
    state.void_requested = void_requested;
    state.attempts = 1;
    const bool charged =
        status == Status::processed || status == Status::refunding || status == Status::refunded;
    state.transaction_id = charged ? std::optional<std::string>("ch_1") : std::nullopt;
    return Payment(state);
}

using Input = std::function<void(Payment&)>;
const std::map<std::string, Input> inputs{
    {"charged", [](Payment& payment) { payment.charged("ch_1", now); }},
    {"declined", [](Payment& payment) { payment.declined("no", now); }},
    {"close", [](Payment& payment) { payment.close(now); }},
    {"refunded", [](Payment& payment) { payment.refunded(now); }},
    {"void", [](Payment& payment) { payment.request_void(now); }},
};

struct Case {
    Status from;
    bool void_requested;
    std::string input;
    Status to;
    std::optional<Announcement> announces;
};

TEST(PaymentTest, EveryInputInEveryStateDoesWhatTheTableSays) {
    using enum Status;
    constexpr std::optional<Announcement> nothing;
    const std::vector<Case> table{
        {pending, false, "charged", processed, Announcement::processed},
        {pending, false, "declined", failed, Announcement::failed},
        {pending, false, "close", failed, Announcement::failed},
        {pending, false, "refunded", pending, nothing},
        {pending, false, "void", pending, nothing}, // a charge may be under way
        {pending, true, "charged", refunding, nothing},
        {pending, true, "declined", voided, nothing},
        {pending, true, "close", voided, nothing},
        {pending, true, "refunded", pending, nothing},
        {pending, true, "void", pending, nothing},
        {processed, false, "charged", processed, nothing},
        {processed, false, "declined", processed, nothing},
        {processed, false, "close", processed, nothing},
        {processed, false, "refunded", processed, nothing},
        {processed, false, "void", refunding, nothing},
        {failed, false, "charged", refunding, nothing}, // found after all: nobody wants it
        {failed, false, "declined", failed, nothing},
        {failed, false, "close", failed, nothing},
        {failed, false, "refunded", failed, nothing},
        {failed, false, "void", failed, nothing},
        {voided, true, "charged", refunding, nothing},
        {voided, true, "declined", voided, nothing},
        {voided, true, "close", voided, nothing},
        {voided, true, "refunded", voided, nothing},
        {voided, true, "void", voided, nothing},
        {refunding, true, "charged", refunding, nothing},
        {refunding, true, "declined", refunding, nothing},
        {refunding, true, "close", refunding, nothing},
        {refunding, true, "refunded", refunded, Announcement::refunded},
        {refunding, true, "void", refunding, nothing},
        {refunded, true, "charged", refunded, nothing},
        {refunded, true, "declined", refunded, nothing},
        {refunded, true, "close", refunded, nothing},
        {refunded, true, "refunded", refunded, nothing},
        {refunded, true, "void", refunded, nothing},
    };
    for (const Case& row : table) {
        Payment payment = in(row.from, row.void_requested);
        inputs.at(row.input)(payment);
        EXPECT_EQ(to_string(payment.state().status), to_string(row.to))
            << to_string(row.from) << " " << row.input;
        EXPECT_EQ(payment.announcement(), row.announces) << to_string(row.from) << " " << row.input;
    }
}

/// Every order in which the inputs of one story can arrive.
void for_each_order(std::vector<std::string> story, const std::function<void(Payment&)>& check) {
    std::ranges::sort(story);
    do {
        Payment payment = in(Status::pending);
        for (const std::string& input : story) {
            inputs.at(input)(payment);
        }
        check(payment);
    } while (std::ranges::next_permutation(story).found);
}

TEST(PaymentTest, AChargeAndAVoidEndInARefundWhateverComesFirst) {
    for_each_order({"charged", "void"}, [](Payment& payment) {
        EXPECT_EQ(payment.state().status, Status::refunding);
        EXPECT_EQ(payment.turn(now, give_up), Turn::refund);
        payment.refunded(now);
        EXPECT_EQ(payment.state().status, Status::refunded);
    });
}

TEST(PaymentTest, AChargeFoundLateAVoidAndAClosingNeverLeaveMoneyBehind) {
    for_each_order({"charged", "close", "void"},
                   [](Payment& payment) { EXPECT_EQ(payment.state().status, Status::refunding); });
}

TEST(PaymentTest, ADeclineAndAVoidKeepNothing) {
    for_each_order({"declined", "void"}, [](Payment& payment) {
        EXPECT_TRUE(payment.state().status == Status::voided || payment.state().status == Status::failed);
        EXPECT_FALSE(payment.state().transaction_id);
    });
}

TEST(PaymentTest, ATombstoneIsNeverCharged) {
    const Payment payment = Payment::tombstone(purchase(), now);
    EXPECT_EQ(payment.state().status, Status::voided);
    EXPECT_EQ(payment.turn(now, give_up), Turn::nothing);
}

TEST(PaymentTest, AVoidBeforeTheFirstTurnNeedsNoProvider) {
    Payment payment = Payment::request(purchase(), now);
    payment.request_void(now);
    EXPECT_EQ(payment.state().status, Status::voided);
}

TEST(PaymentTest, FailsWithTheReasonOfTheDecline) {
    Payment payment = in(Status::pending);
    payment.declined("The card was declined.", now);
    EXPECT_EQ(payment.state().reason, "payment_declined");
    EXPECT_EQ(payment.state().error_message, "The card was declined.");
}

TEST(PaymentTest, GivingUpFailsAsUnavailable) {
    Payment payment = in(Status::pending);
    payment.close(now);
    EXPECT_EQ(payment.state().reason, "payment_unavailable");
}

TEST(PaymentTest, IsChargedUntilItIsGivenUp) {
    const Payment payment = in(Status::pending);
    EXPECT_EQ(payment.turn(now, give_up), Turn::charge);
    EXPECT_EQ(payment.turn(now + give_up - 1ms, give_up), Turn::charge);
    EXPECT_EQ(payment.turn(now + give_up, give_up), Turn::close);
}

TEST(PaymentTest, AsksBeforeItClosesWhenAnEarlierTurnMayHaveCharged) {
    Payment::State state = in(Status::pending, true).state();
    state.attempts = 3;
    state.refusals = 2;
    EXPECT_EQ(Payment(state).turn(now, give_up), Turn::close) << "both earlier turns were refused";
    state.refusals = 1;
    EXPECT_EQ(Payment(state).turn(now, give_up), Turn::ask);
}

TEST(PaymentTest, ARefusedTurnIsCounted) {
    Payment payment = in(Status::pending);
    payment.postpone_refused(now + 1s);
    payment.postpone(now + 2s);
    EXPECT_EQ(payment.state().refusals, 1);
    EXPECT_EQ(payment.state().due_at, now + 2s);
}

} // namespace
} // namespace tandem::payment
