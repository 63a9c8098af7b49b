#include "lab/auditor/judges.hpp"
#include "lab/auditor/tests/lawful_orders.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

namespace tandem::audit::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr std::array<std::int64_t, 2> users{3, 4};

/// What all judges say of one order, at rest.
std::vector<std::string> kinds(const Dossier& dossier, const Mailbox& mailbox = {}) {
    Findings findings(100);
    StockSums sums;
    judge_orders(dossier, findings);
    judge_money(dossier, findings);
    judge_reservation(dossier, sums, findings);
    judge_mail(dossier, mailbox, findings);
    judge_history(dossier, findings);
    judge_company(dossier, users, findings);
    std::vector<std::string> found;
    for (const Law law : laws) {
        for (const Violation* violation : findings.kept(law, Calm::at_rest)) {
            found.emplace_back(violation->kind);
        }
    }
    return found;
}

TEST(JudgesTest, FindNothingInLawfulOrders) {
    EXPECT_THAT(kinds(paid_order()), IsEmpty());
    EXPECT_THAT(kinds(cancelled_order()), IsEmpty());
    EXPECT_THAT(kinds(declined_order()), IsEmpty());
}

TEST(JudgesTest, FindNothingInAChargeThatWasRolledBackAndRefunded) {
    Dossier dossier{.order_id = 7};
    dossier.payments.push_back({7, 5, 3, Money::from_cents(2000), "refunded", "ch_9", {}});
    dossier.account = Account{7, Money::from_cents(2000), Money::from_cents(2000), 9, 10, 1, 1};
    EXPECT_THAT(kinds(dossier), IsEmpty());
}

TEST(JudgesTest, DoNotTakeARefundForAnExcuseOfASecondCharge) {
    Dossier dossier = paid_order();
    dossier.account = Account{7, Money::from_cents(4000), Money::from_cents(2000), 9, 11, 2, 1};
    EXPECT_THAT(kinds(dossier), ElementsAre("charged_twice"));
}

TEST(JudgesTest, SeeAChangedStatusFromAllSides) {
    Dossier dossier = paid_order();
    dossier.orders.front().status = "failed";
    EXPECT_THAT(
        kinds(dossier),
        UnorderedElementsAre(
            "refund_missing", "reservation_in_wrong_state", "departs_from_events", "payment_in_wrong_state"));
}

TEST(JudgesTest, TakeTheSameKeyTwiceForOnePromise) {
    Dossier dossier = paid_order();
    const Promise promise{7, print_of_key(3, "click"), 3, Money::from_cents(2000)};
    dossier.promises = {promise, promise};
    EXPECT_THAT(kinds(dossier), IsEmpty());
    dossier.promises.push_back({7, print_of_key(3, "second click"), 3, Money::from_cents(2000)});
    EXPECT_THAT(kinds(dossier), ElementsAre("key_forgotten", "order_of_two_checkouts"));
}

TEST(JudgesTest, CountARefusedMailAsNoViolation) {
    Dossier dossier = paid_order();
    dossier.events.back().type = "email.failed";
    EXPECT_THAT(kinds(dossier), IsEmpty());
}

TEST(JudgesTest, AskTheMailboxOnlyForWhatItMustHold) {
    const Dossier dossier = paid_order();
    Mailbox later;
    later.add("Welcome to Tandem", dossier.events.back().created_at + std::chrono::hours(1));
    EXPECT_THAT(kinds(dossier, later), IsEmpty());
    Mailbox earlier;
    earlier.add("Welcome to Tandem", dossier.events.front().created_at - std::chrono::hours(1));
    EXPECT_THAT(kinds(dossier, earlier), ElementsAre("mail_not_in_mailbox"));
}

TEST(JudgesTest, JudgeNothingAcrossDatabasesWhileTheShopWorks) {
    Dossier dossier = paid_order();
    dossier.account.reset();
    Findings findings(100);
    judge_money(dossier, findings);
    EXPECT_EQ(findings.violations(Law::money, Calm::moving), 0);
    EXPECT_EQ(findings.violations(Law::money, Calm::at_rest), 1);
}

TEST(JudgesTest, AddUpWhatOrdersHoldOfAProduct) {
    Findings findings(100);
    StockSums sums;
    judge_reservation(paid_order(), sums, findings);
    judge_reservation(declined_order(), sums, findings);
    judge_stock({{.product_id = 1, .initial = 5, .restocked = 5, .available = 8, .reserved = 0, .sold = 2}},
                sums,
                findings);
    EXPECT_EQ(findings.violations(Law::stock, Calm::at_rest), 0);
    judge_stock({{.product_id = 1, .initial = 5, .restocked = 5, .available = 9, .reserved = 0, .sold = 1}},
                sums,
                findings);
    EXPECT_EQ(findings.violations(Law::stock, Calm::at_rest), 2);
}

} // namespace
} // namespace tandem::audit::tests
