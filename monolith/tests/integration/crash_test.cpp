#include "monolith/tests/integration/monolith_test.hpp"

namespace tandem::monolith {
namespace {

/// Something dies while many customers check out. The mail server takes its time, so that between
/// a charge and its commit there is always time to die.
class CrashTest : public MonolithTest {
protected:
    void open_for_many(const std::string& request_timeout_ms = "60000") {
        shop.open({{"CHECKOUTS_MAX", "40"},
                   {"EMAIL_DELAY_MS", "300"},
                   {"SMTP_CONNECTIONS", "8"},
                   {"REQUEST_TIMEOUT_MS", request_timeout_ms}});
        for (int i = 0; i < 50; ++i) {
            products.push_back(add_product("20.00", 100));
        }
        shop.provider_behaves(R"({"delay_ms":100,"jitter_ms":400})");
    }
    std::int64_t charges() { return std::ranges::count(shop.ledger(), "charge", &LedgerEntry::kind); }
    void until_charged(std::int64_t count) {
        shop.until("charges", [&] { return charges() >= count; });
    }
    void expect_refunds() {
        EXPECT_GT(shop.number("SELECT count(*) FROM payments.payments WHERE status = 'refunded'"), 0);
    }
    std::vector<std::int64_t> products;
};

TEST_F(CrashTest, KilledDuringAHundredCheckoutsItKeepsNoMoneyWithoutAnOrder) {
    open_for_many();
    const auto calls = begin_checkouts(100, products);
    until_charged(20);
    shop.kill();
    until_all_ended(calls);
    EXPECT_GT(charges(), orders()) << "it died in time";

    shop.reopen();
    expect_laws(calls);
    expect_refunds();
}

TEST_F(CrashTest, KilledAgainAndAgainItServesWhoeverComesAgain) {
    open_for_many();
    std::vector<CallPointer> calls;
    for (int round = 1; round <= 3; ++round) {
        const auto more = begin_checkouts(100, products);
        calls.insert(calls.end(), more.begin(), more.end());
        until_charged(charges() + 20);
        shop.kill();
        until_all_ended(calls);
        shop.reopen();
    }
    shop.provider_behaves(R"({"delay_ms":0,"jitter_ms":0})");
    EXPECT_EQ(check_out(1, {{products.front()}}).status, 200);
    expect_laws(calls);
    expect_refunds();
}

TEST_F(CrashTest, KilledDuringCheckoutsItSellsOnceToWhoeverComesAgainWithTheSameKey) {
    open_for_many("3000"); // and so long, and a little more, a key stays taken by who has died
    const auto begin_all = [&] {
        std::vector<CallPointer> calls;
        for (int user = 1; user <= 20; ++user) {
            const auto product = products[static_cast<std::size_t>(user)];
            calls.push_back(begin_checkout(user, {{product}}, "key-1"));
        }
        return calls;
    };
    auto calls = begin_all();
    until_charged(8);
    shop.kill();
    until_all_ended(calls);
    shop.reopen();
    shop.until("an answer for everybody", [&] {
        calls = begin_all();
        until_all_ended(calls);
        return std::ranges::count(calls, 200, &Call::status) == 20;
    });
    EXPECT_EQ(orders(), 20);
    expect_laws(calls);
    expect_refunds();
}

TEST_F(CrashTest, SurvivesACrashOfItsDatabaseDuringCheckouts) {
    open_for_many();
    const auto calls = begin_checkouts(100, products);
    until_charged(20);
    testing::PostgresServer::shared().kill();
    testing::PostgresServer::shared().start();
    until_all_ended(calls);
    EXPECT_TRUE(shop.running());

    shop.provider_behaves(R"({"delay_ms":0,"jitter_ms":0})");
    shop.until("a purchase", [&] { return check_out(1, {{products.front()}}).status == 200; });
    expect_laws(calls);
    expect_refunds();
}

TEST_F(CrashTest, SurvivesACrashOfTheProviderDuringCheckouts) {
    open_for_many();
    const auto calls = begin_checkouts(100, products);
    until_charged(20);
    shop.restart_provider();
    until_all_ended(calls);
    shop.until("a purchase", [&] { return check_out(1, {{products.front()}}).status == 200; });
    expect_laws(calls);
}

} // namespace
} // namespace tandem::monolith
