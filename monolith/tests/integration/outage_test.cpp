#include "monolith/tests/integration/monolith_test.hpp"

#include <fmt/format.h>

namespace tandem::monolith {
namespace {

using ::testing::SizeIs;

/// One of the parts around the monolith is away.
class OutageTest : public MonolithTest {};

TEST_F(OutageTest, RefusesToSellWhileTheProviderIsDownAndKeepsNothing) {
    shop.open();
    const auto mouse = add_product("49.99", 50);
    shop.provider_behaves(R"({"outage":true})");
    const auto refused = check_out(7, {{mouse}}, "key-1");

    EXPECT_EQ(refused.status, 503);
    EXPECT_TRUE(refused.headers.has("Retry-After"));
    EXPECT_EQ(orders(), 0);
    EXPECT_EQ(available(mouse), 50);

    shop.provider_behaves(R"({"outage":false})");
    EXPECT_EQ(check_out(7, {{mouse}}, "key-1").status, 200) << "the key is free again";
    expect_laws();
    EXPECT_THAT(shop.ledger(), SizeIs(1));
}

TEST_F(OutageTest, OpensTheBreakerOnAProviderThatStaysDownAndClosesItWhenThatIsBack) {
    shop.open();
    const auto mouse = add_product("49.99", 50);
    const auto breaker_shows = [&](const std::string& state) {
        return shop.get("/metrics").body.contains("\ntandem_payment_circuit_open " + state + "\n");
    };
    shop.provider_behaves(R"({"outage":true})");
    shop.until("the breaker to open", [&] {
        EXPECT_EQ(check_out(7, {{mouse}}).status, 503);
        return breaker_shows("1");
    });
    shop.provider_behaves(R"({"outage":false})");
    shop.until("a purchase", [&] { return check_out(7, {{mouse}}).status == 200; });
    shop.until("the breaker to close", [&] { return breaker_shows("0"); });
    expect_laws();
}

TEST_F(OutageTest, RefundsAChargeWhoseAnswerNeverCame) {
    shop.open({{"PROVIDER_TIMEOUT_MS", "200"}});
    const auto mouse = add_product("49.99", 50);
    provider_takes(1'500);
    const auto refused = check_out(7, {{mouse}}, "key-1");

    EXPECT_EQ(refused.status, 503) << "three calls without an answer";
    EXPECT_EQ(orders(), 0);
    shop.until("the charge", [&] { return !shop.ledger().empty(); });
    provider_takes(0);
    shop.until("its refund", [&] { return shop.ledger().size() == 2; });
    EXPECT_EQ(check_out(7, {{mouse}}, "key-1").status, 200);
    expect_laws();
    EXPECT_EQ(shop.number("SELECT count(*) FROM payments.payments WHERE status = 'refunded'"), 1);
}

TEST_F(OutageTest, SellsWhileTheMailServerIsDownAndLetsTheMailFollow) {
    shop.open();
    const auto mouse = add_product("49.99", 50);
    shop.mail.close();
    const auto bought = check_out(7, {{mouse}});
    ASSERT_EQ(bought.status, 200) << bought.body;
    EXPECT_EQ(order_of(bought).status, "paid");
    shop.until("a mail that waits", [&] { return shop.number("SELECT count(*) FROM deliveries") == 1; });

    shop.mail.open();
    expect_laws();
    const auto mails = mails_about(fmt::format("Order Confirmation - Order #{}", order_of(bought).id));
    ASSERT_THAT(mails, SizeIs(1));
    const std::string event =
        shop.text("SELECT event_id::text FROM orders.order_events WHERE event_type = 'order.paid'");
    EXPECT_EQ(mails.front().header("Message-ID"), fmt::format("<{}@tandem.ecommerce.com>", event))
        << "the same as that of the mail that could not be sent";
    shop.until("the news of it", [&] {
        return shop.number("SELECT count(*) FROM orders.order_events WHERE event_type = 'email.sent'") == 1;
    });
    EXPECT_EQ(shop.number("SELECT count(*) FROM deliveries WHERE attempt > 1"), 0);
}

TEST_F(OutageTest, StartsWithoutItsDatabaseAndIsReadyWhenThatComes) {
    testing::PostgresServer::shared().kill();
    shop.launch();
    shop.until("life", [&] { return shop.get("/health/live").status == 200; });
    EXPECT_EQ(shop.get("/health/ready").status, 503);
    EXPECT_EQ(shop.get("/api/products").status, 503);

    testing::PostgresServer::shared().start();
    shop.until("readiness", [&] { return shop.get("/health/ready").status == 200; });
    const auto mouse = add_product("49.99", 50);
    EXPECT_EQ(check_out(7, {{mouse}}).status, 200);
    expect_laws();
}

TEST_F(OutageTest, FinishesItsCheckoutsAtSigtermAndEndsWithZero) {
    shop.open({{"PROVIDER_TIMEOUT_MS", "20000"}});
    const auto mouse = add_product("49.99", 50);
    const auto laptop = add_product("1299.99", 10);
    provider_takes(1'500);
    const auto calls = begin_checkouts(4, {mouse, laptop});
    shop.until("two at the provider, and two who wait for them",
               [&] { return shop.calls_at_provider() == 2 && waiting_for_locks() == 2; });

    EXPECT_EQ(shop.close(), 0);
    until_all_ended(calls);
    EXPECT_EQ(count(calls, 200), 4);
    EXPECT_EQ(orders(), 4);
    expect_laws(calls);
}

} // namespace
} // namespace tandem::monolith
