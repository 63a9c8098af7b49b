#include "lab/auditor/report.hpp"
#include "lab/auditor/snapshots.hpp"
#include "lab/auditor/tests/generated_shop.hpp"
#include "lab/auditor/unreadable.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tandem::audit::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

/// What `work` says when it cannot read.
template <class Work>
std::string complaint(Work work) {
    try {
        work();
    } catch (const Unreadable& error) {
        return error.what();
    }
    return "nothing";
}

class MovingShopTest : public ::testing::Test {
protected:
    static GeneratedShop& shop() {
        static GeneratedShop shared(Layout::databases);
        return shared;
    }
    void SetUp() override { shop().generate(20); }

    /// A violation that only shows across databases.
    static void lose_all_charges() { shop().outside.accounts = {}; }
};

TEST_F(MovingShopTest, IsNotJudgedAcrossDatabasesAndSaysWhatMoves) {
    lose_all_charges();
    shop().execute(shop().shop.order,
                   "UPDATE order_events SET published_at = NULL WHERE order_id = 5 AND version = 1");
    const Audit audit = shop().audit();
    EXPECT_EQ(audit.calm, Calm::moving);
    EXPECT_THAT(audit.what_moves, StartsWith("outbox of order holds 1, the oldest since 2026-01-01"));
    EXPECT_EQ(verdict_of({audit}), Verdict::unjudged) << to_table(audit);
}

TEST_F(MovingShopTest, IsStillJudgedWithinOneDatabase) {
    shop().outside.broker.waiting = {{"email_service_queue", 2, ""}};
    shop().execute(shop().shop.order, "UPDATE orders SET status = 'shipped' WHERE id = 5");
    const Audit audit = shop().audit();
    EXPECT_EQ(audit.what_moves, "email_service_queue holds 2");
    EXPECT_EQ(audit.violations(), 1) << to_table(audit);
    EXPECT_EQ(audit.findings.violations(Law::history, audit.calm), 1);
}

TEST_F(MovingShopTest, HasToBeQuietForLongerThanTheBrokersFiguresAreOld) {
    shop().execute(shop().shop.cart, "INSERT INTO inbox (event_id) VALUES (gen_random_uuid())");
    const Audit audit = shop().audit();
    EXPECT_EQ(audit.calm, Calm::moving);
    EXPECT_THAT(audit.what_moves, HasSubstr("the broker's figures are up to 5 s old"));
}

TEST_F(MovingShopTest, IsWaitedForUntilItRests) {
    lose_all_charges();
    shop().execute(shop().shop.cart,
                   "INSERT INTO inbox VALUES (gen_random_uuid(), clock_timestamp() - interval '5 s')");
    const Audit audit = shop().audit({}, {.wait = std::chrono::seconds(30)});
    EXPECT_EQ(audit.calm, Calm::at_rest);
    EXPECT_GT(audit.findings.violations(Law::money, audit.calm), 0);
}

TEST_F(MovingShopTest, IsReadInOneMomentOfEachDatabase) {
    Snapshots snapshots;
    snapshots.session(shop().shop.order);
    shop().execute(shop().shop.order, "DELETE FROM orders");
    Session later = snapshots.session(shop().shop.order);
    EXPECT_EQ(later.row("SELECT count(*) FROM orders").at(0), "20");
}

TEST_F(MovingShopTest, CannotBeChangedByTheAuditor) {
    Session session(shop().shop.order);
    EXPECT_THAT(complaint([&] { session.row("DELETE FROM orders RETURNING id"); }),
                HasSubstr("read-only transaction"));
}

TEST_F(MovingShopTest, NamesTheDatabaseThatIsAway) {
    Shop away = shop().shop;
    away.payment.url = "postgresql://nobody@127.0.0.1:1/payment";
    EXPECT_THAT(complaint([&] { audit::audit(away, shop().outside, {}, {}); }),
                StartsWith("the payment database cannot be reached"));
}

TEST_F(MovingShopTest, SaysWhenATableIsMissing) {
    GeneratedShop broken(Layout::databases);
    broken.generate(10);
    broken.execute(broken.shop.cart, "DROP TABLE purchases");
    EXPECT_THAT(complaint([&] { broken.audit(); }), HasSubstr("relation \"purchases\" does not exist"));
}

} // namespace
} // namespace tandem::audit::tests
