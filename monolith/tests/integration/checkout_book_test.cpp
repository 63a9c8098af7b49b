#include "libs/async/sleep.hpp"
#include "libs/testing/postgres_server.hpp"
#include "libs/testing/run.hpp"
#include "monolith/infrastructure/postgres_checkout_book.hpp"
#include "monolith/migrate.hpp"
#include "services/payment/infrastructure/postgres_payments.hpp"

#include <gtest/gtest.h>

namespace tandem::monolith {
namespace {

using namespace std::chrono_literals;
using Confirmation = CheckoutPage::Confirmation;
using PagePointer = std::unique_ptr<CheckoutPage>;
using testing::run;

/// A checkout's transaction and the payment worker, who meet in the payments.
class CheckoutBookTest : public ::testing::Test {
protected:
    CheckoutBookTest() {
        migrate_all(url);
        for (postgres::Pool* pool : {&joint, &checkouts, &payments_pool}) {
            pool->start();
        }
    }
    ~CheckoutBookTest() override {
        for (postgres::Pool* pool : {&joint, &checkouts, &payments_pool}) {
            run(loop, pool->close(std::chrono::steady_clock::now() + 10s));
        }
    }

    PagePointer open() { return run(loop, book.open(std::chrono::steady_clock::now() + 10s, {})); }
    payment::PaymentId begin_intent() { return run(loop, intents.begin(purchase)); }
    /// What the worker finds when every intent is due.
    std::vector<payment::Payment> claim() {
        return run(
            loop,
            payments.claim(
                {.limit = 10, .now = clock.now() + 1min, .lease = 1s, .settle = 1s, .give_up = 10min}));
    }
    payment::Payment::State stored() { return run(loop, payments.find(purchase.order)).value().state(); }
    void commit(CheckoutPage& page) {
        run(loop, page.commit(order::OrderId(purchase.order.value()), Confirmation::sent, 7ms));
    }
    /// `sql` must be a literal.
    void execute(std::string_view sql) {
        std::vector<postgres::Statement> unit{{{sql, sql}, postgres::Params()}};
        run(loop, joint.execute(std::move(unit)));
    }
    std::int64_t number(std::string_view sql) {
        const auto rows = run(loop, joint.query({sql, sql}, postgres::Params()));
        return rows[0].integer(0);
    }
    bool take_key(CheckoutPage& page) {
        return run(loop, page.take_key({order::UserId(42), "key-1"}, order::OrderId(7)));
    }

    const payment::Purchase purchase{
        payment::OrderId(7), payment::UserId(42), "a@example.com", Money::from_cents(1'250), "paypal", {}};
    const std::string url = testing::PostgresServer::shared().new_database();
    const SystemClock clock;
    boost::asio::io_context loop;
    postgres::Pool joint{loop.get_executor(), {.url = url}};
    postgres::Pool checkouts{loop.get_executor(), {.url = url, .search_path = "carts,orders"}};
    postgres::Pool payments_pool{loop.get_executor(), {.url = url, .search_path = "payments"}};
    int commits = 0;
    PostgresCheckoutBook book{checkouts, clock, [this](order::OrderId) { ++commits; }};
    PostgresPaymentIntents intents{joint, clock, 30s};
    payment::PostgresPayments payments{payments_pool, [] {}, [] {}};
};

TEST_F(CheckoutBookTest, LeavesAnIntentThatNobodyHoldsToThePaymentWorkerToAskAbout) {
    begin_intent();
    const auto due = claim();
    ASSERT_EQ(due.size(), 1U);
    EXPECT_EQ(due.front().turn(clock.now(), 10min), payment::Turn::ask) << "it may have been charged";
    EXPECT_TRUE(due.front().unsettled(clock.now() + 29s)) << "a charge may still be on its way";
}

TEST_F(CheckoutBookTest, LeavesANewIntentAloneForAMoment) {
    begin_intent();
    const auto due = run(loop, payments.claim({.limit = 10, .now = clock.now(), .lease = 1s}));
    EXPECT_TRUE(due.empty()) << "its checkout is about to hold it";
}

TEST_F(CheckoutBookTest, HidesAnIntentThatACheckoutHoldsUntilTheCheckoutEnds) {
    const auto intent = begin_intent();
    PagePointer page = open();
    run(loop, page->hold_payment(intent));
    EXPECT_TRUE(claim().empty());

    page.reset();
    while (claim().empty()) { // the rollback is on its way
        run(loop, async::sleep_for(5ms));
    }
    EXPECT_TRUE(stored().void_requested);
}

TEST_F(CheckoutBookTest, RefusesToHoldAnIntentThatTheWorkerHasVoided) {
    const auto intent = begin_intent();
    payment::Payment voided = claim().at(0);
    voided.close(clock.now());
    ASSERT_TRUE(run(loop, payments.save(voided, clock.now())));

    const PagePointer page = open();
    EXPECT_THROW(run(loop, page->hold_payment(intent)), Unavailable) << "nobody may charge for it now";
}

TEST_F(CheckoutBookTest, MakesAnIntentAPaymentAtItsCommitOnly) {
    const auto intent = begin_intent();
    PagePointer page = open();
    run(loop, page->hold_payment(intent));
    run(loop, page->capture(intent, "ch_1"));
    EXPECT_EQ(stored().status, payment::Status::pending);

    commit(*page);
    EXPECT_EQ(stored().status, payment::Status::processed);
    EXPECT_EQ(stored().transaction_id, "ch_1");
    EXPECT_FALSE(stored().void_requested);
    EXPECT_EQ(commits, 1);
}

TEST_F(CheckoutBookTest, VoidsWhatWasCapturedByACheckoutThatIsDropped) {
    const auto intent = begin_intent();
    PagePointer page = open();
    run(loop, page->hold_payment(intent));
    run(loop, page->capture(intent, "ch_1"));
    page.reset();

    EXPECT_EQ(stored().status, payment::Status::pending);
    EXPECT_TRUE(stored().void_requested);
    EXPECT_EQ(commits, 0);
}

TEST_F(CheckoutBookTest, ForgetsADeclinedIntentOnceItsPageIsGivenUp) {
    const auto intent = begin_intent();
    const PagePointer page = open();
    run(loop, page->hold_payment(intent));
    page->give_up();
    run(loop, intents.forget(intent));
    EXPECT_FALSE(run(loop, payments.find(purchase.order)));
}

TEST_F(CheckoutBookTest, KeepsAKeyWithTheOrderOnly) {
    PagePointer dropped = open();
    EXPECT_TRUE(take_key(*dropped));
    dropped.reset();
    const PagePointer first = open();
    EXPECT_TRUE(take_key(*first));
    commit(*first);
    const PagePointer second = open();
    EXPECT_FALSE(take_key(*second)) << "it has an order";
}

TEST_F(CheckoutBookTest, KeepsTheDurationWithTheOrder) {
    const PagePointer page = open();
    commit(*page);
    const postgres::Query look{"test.took", "SELECT processing_duration_ms FROM orders.order_timings"};
    EXPECT_EQ(run(loop, joint.query(look, postgres::Params()))[0].integer(0), 7);
}

TEST_F(CheckoutBookTest, ReadsPricesOnceItHasTheLockItWaitedFor) {
    execute("INSERT INTO catalog.products (id, name, description, price_cents) VALUES (5, 'Mouse', '', 100)");
    execute("INSERT INTO catalog.stock (product_id, initial, available) VALUES (5, 3, 3)");
    PagePointer first = open();
    run(loop, first->lock_shelves({order::ProductId(5)}));
    const PagePointer second = open();
    std::optional<Shelves> seen;
    boost::asio::co_spawn(loop.get_executor(),
                          second->lock_shelves({order::ProductId(5)}),
                          [&seen](std::exception_ptr, Shelves shelves) { seen = std::move(shelves); });
    while (number("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'") == 0) {
        run(loop, async::sleep_for(5ms));
    }
    execute("UPDATE catalog.products SET price_cents = 200 WHERE id = 5");

    first->give_up();
    while (!seen) {
        run(loop, async::sleep_for(5ms));
    }
    EXPECT_EQ(seen->at(product::ProductId(5)).price, Money::from_cents(200));
}

TEST_F(CheckoutBookTest, OpensNoPageForACallerWhoHasGivenUp) {
    EXPECT_THROW(run(loop, book.open(std::chrono::steady_clock::now(), {})), DeadlineExceeded);
}

} // namespace
} // namespace tandem::monolith
