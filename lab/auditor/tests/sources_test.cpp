#include "lab/auditor/ledger.hpp"
#include "lab/auditor/mailbox.hpp"
#include "lab/auditor/promises.hpp"
#include "lab/auditor/queues.hpp"
#include "lab/auditor/unreadable.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace tandem::audit::tests {
namespace {

constexpr const char* ledger_page =
    R"({"entries":[{"sequence":1,"kind":"charge","order_id":2,"amount":"5.00","status":"succeeded"},)"
    R"({"sequence":2,"kind":"charge","order_id":1,"amount":"3.00","status":"succeeded"},)"
    R"({"sequence":3,"kind":"charge","order_id":1,"amount":"3.13","status":"declined"},)"
    R"({"sequence":4,"kind":"refund","order_id":2,"amount":"5.00","status":"succeeded"},)"
    R"({"sequence":5,"kind":"charge","order_id":1000000001,"amount":"9.00","status":"succeeded"}],"next_after":5})";

TEST(LedgerTest, PutsEntriesTogetherByOrder) {
    Accounts accounts;
    EXPECT_EQ(add_ledger_page(ledger_page, 1, 1'000'000'001, accounts), 5);
    accounts.settle();
    ASSERT_EQ(accounts.all().size(), 2u);
    EXPECT_EQ(accounts.all()[0].order_id, 1);
    EXPECT_EQ(accounts.all()[0].kept(), Money::from_cents(300));
    EXPECT_EQ(accounts.all()[1].kept(), Money());
    EXPECT_EQ(accounts.all()[1].charges, 1);
    EXPECT_EQ(accounts.all()[1].refunds, 1);
    EXPECT_EQ(accounts.all()[1].first_charge, 1);
}

TEST(LedgerTest, EndsWithAnEmptyPageAndRefusesNonsense) {
    Accounts accounts;
    EXPECT_EQ(add_ledger_page(R"({"entries":[],"next_after":null})", 1, 9, accounts), 0);
    EXPECT_THROW(add_ledger_page("<html>", 1, 9, accounts), Unreadable);
}

TEST(MailboxTest, KnowsMailsByTheirSubjects) {
    const auto subject = parse_subject("Order Failed - Order #12");
    ASSERT_TRUE(subject);
    EXPECT_EQ(subject->template_name, "order_failed");
    EXPECT_EQ(subject->order_id, 12);
    EXPECT_FALSE(parse_subject("Welcome to Tandem"));
    EXPECT_FALSE(parse_subject("Order Failed - Order #12a"));
}

TEST(MailboxTest, CountsDuplicatesAndRemembersItsOldestMail) {
    const Timestamp noon = parse_rfc3339("2026-11-27T12:00:00Z").value();
    Mailbox mailbox;
    EXPECT_FALSE(mailbox.must_hold(noon));
    mailbox.add("Order Confirmation - Order #5", noon + std::chrono::minutes(1));
    mailbox.add("Order Confirmation - Order #5", noon);
    EXPECT_EQ(mailbox.by_order.at(5).of("order_paid"), 2);
    EXPECT_EQ(mailbox.by_order.at(5).of("order_failed"), 0);
    EXPECT_TRUE(mailbox.must_hold(noon + std::chrono::seconds(3)));
    EXPECT_FALSE(mailbox.must_hold(noon + std::chrono::seconds(1)));
}

TEST(PromisesTest, AreReadLineByLineInTheOrderOfOrders) {
    std::istringstream lines("{\"order_id\":9,\"user_id\":1,\"total_amount\":\"2.50\",\"more\":[1]}\n"
                             "\n"
                             "{\"order_id\":4}\n");
    const Promises promises = read_promises(lines);
    ASSERT_EQ(promises.all.size(), 2u);
    EXPECT_EQ(promises.all[0].order_id, 4);
    EXPECT_FALSE(promises.all[0].user_id);
    EXPECT_EQ(promises.all[1].total, Money::from_cents(250));
    EXPECT_TRUE(promises.broken_keys.empty());
}

TEST(PromisesTest, NameTheLineThatMakesNoSense) {
    std::istringstream lines("{\"order_id\":9}\n{\"order\":9}\n");
    try {
        read_promises(lines);
        FAIL();
    } catch (const Unreadable& error) {
        EXPECT_NE(std::string(error.what()).find("line 2"), std::string::npos) << error.what();
    }
    EXPECT_THROW(read_promises_file("/nowhere/promises.jsonl"), Unreadable);
}

TEST(PromisesTest, TellTwoUsersWithOneKeyApart) {
    std::istringstream lines("{\"order_id\":1,\"user_id\":1,\"idempotency_key\":\"k\"}\n"
                             "{\"order_id\":2,\"user_id\":2,\"idempotency_key\":\"k\"}\n"
                             "{\"order_id\":3,\"user_id\":2,\"idempotency_key\":\"k\"}\n");
    const Promises promises = read_promises(lines);
    ASSERT_EQ(promises.broken_keys.size(), 1u);
    EXPECT_EQ(promises.broken_keys[0].first, 2);
    EXPECT_EQ(promises.broken_keys[0].second, 3);
}

TEST(QueuesTest, AreSortedByWhatTheyMean) {
    const Queues queues = parse_queues(
        R"([{"name":"cart_service_queue","messages":1},{"name":"cart_service_queue.retry.2","messages":2},)"
        R"({"name":"cart_service_queue.dlq","messages":3},{"name":"test-listener-1","messages":4}])");
    ASSERT_EQ(queues.waiting.size(), 2u);
    EXPECT_EQ(queues.waiting[1].waiting, 2);
    ASSERT_EQ(queues.dead.size(), 1u);
    EXPECT_EQ(queues.dead[0].waiting, 3);
}

TEST(QueuesTest, MustBeThere) {
    EXPECT_THROW(parse_queues("[]"), Unreadable);
    EXPECT_THROW(parse_queues("no"), Unreadable);
}

} // namespace
} // namespace tandem::audit::tests
