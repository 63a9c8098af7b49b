#include "libs/async/task_group.hpp"
#include "libs/testing/run.hpp"
#include "payment-provider/provider_routes.hpp"
#include "payment-provider/tests/memory_journal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tandem::provider {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

class ProviderTest : public ::testing::Test {
protected:
    ProviderTest() { routes.mount(router); }

    http::Request
    request(http::Method method, std::string path, std::string body = "", std::string key = "") {
        http::Request made;
        made.method = method;
        const auto query = path.find('?');
        made.query = query == std::string::npos ? "" : path.substr(query + 1);
        made.path = path.substr(0, query);
        made.body = std::move(body);
        made.headers.add("Content-Type", "application/json");
        if (!key.empty()) {
            made.headers.add("Idempotency-Key", key);
        }
        return made;
    }

    http::Response send(http::Request made) { return testing::run(context, router.handle(std::move(made))); }
    http::Response get(std::string path) { return send(request(http::Method::get, std::move(path))); }
    http::Response charge(std::string body, std::string key) {
        return send(request(http::Method::post, "/v1/charges", std::move(body), std::move(key)));
    }
    http::Response refund(std::string body, std::string key) {
        return send(request(http::Method::post, "/v1/refunds", std::move(body), std::move(key)));
    }
    http::Response behave(std::string body) {
        return send(request(http::Method::put, "/v1/behaviour", std::move(body)));
    }

    Task<> collect(http::Request made) {
        auto response = co_await router.handle(std::move(made));
        statuses.push_back(response.status);
    }

    boost::asio::io_context context;
    SystemClock clock;
    Ledger ledger{20};
    MemoryJournal journal;
    CardNetwork network{ledger, journal, clock, {.delay_ms = 0}};
    ProviderRoutes routes{network, 1ms};
    http::Router router;
    std::vector<int> statuses;
};

TEST_F(ProviderTest, ChargesOnceAndShowsIt) {
    const auto made = charge(R"({"order_id":7,"amount":"12.50","payment_method":"paypal"})", "k1");
    EXPECT_EQ(made.status, 201);
    EXPECT_THAT(made.body, HasSubstr(R"("id":"ch_1","order_id":7,"amount":"12.50")"));
    EXPECT_EQ(journal.durable, 1U) << "answered before it was durable";
    const auto list = get("/v1/charges?order_id=7");
    EXPECT_EQ(list.status, 200);
    EXPECT_THAT(list.body, HasSubstr(R"("status":"succeeded","payment_method":"paypal")"));
    EXPECT_EQ(get("/v1/charges?order_id=8").body, R"({"charges":[]})");
}

TEST_F(ProviderTest, TheSameRequestUnderOneKeyGetsTheSameAnswer) {
    const std::string body = R"({"order_id":7,"amount":"12.50"})";
    const auto first = charge(body, "k1");
    const auto second = charge(R"({"amount":12.5,"order_id":7,"note":"again"})", "k1");
    EXPECT_EQ(second.status, 201);
    EXPECT_EQ(second.body, first.body);
    EXPECT_EQ(second.headers.get("Idempotency-Replayed"), "true");
    EXPECT_EQ(ledger.last_sequence(), 1);
}

TEST_F(ProviderTest, AnotherRequestUnderAUsedKeyIsRefused) {
    charge(R"({"order_id":7,"amount":"12.50"})", "k1");
    EXPECT_EQ(charge(R"({"order_id":7,"amount":"12.51"})", "k1").status, 422);
    EXPECT_EQ(charge(R"({"order_id":8,"amount":"12.50"})", "k1").status, 422);
    EXPECT_EQ(refund(R"({"order_id":7})", "k1").status, 422);
    EXPECT_EQ(ledger.last_sequence(), 1);
}

TEST_F(ProviderTest, ParallelRequestsWithOneKeyChargeOnce) {
    network.behave({.delay_ms = 1});
    async::TaskGroup tasks(context.get_executor());
    for (int i = 0; i < 50; ++i) {
        const std::string body = R"({"order_id":7,"amount":"12.50"})";
        tasks.spawn("charge", collect(request(http::Method::post, "/v1/charges", body, "k1")));
    }
    testing::run(context, tasks.join());
    EXPECT_EQ(ledger.last_sequence(), 1);
    EXPECT_EQ(std::ranges::count(statuses, 201), 1);
    EXPECT_EQ(std::ranges::count(statuses, 409), 49);
}

TEST_F(ProviderTest, RefusesWhatMakesNoSense) {
    EXPECT_EQ(charge(R"({"order_id":7,"amount":"12.50"})", "").status, 400);
    EXPECT_EQ(charge(R"({"order_id":7,"amount":"12.50"})", std::string(256, 'k')).status, 400);
    EXPECT_EQ(charge("{", "k1").status, 400);
    for (const std::string body : {R"({})",
                                   R"({"order_id":0,"amount":"1.00"})",
                                   R"({"order_id":1,"amount":"0.00"})",
                                   R"({"order_id":1,"amount":"-1.00"})",
                                   R"({"order_id":1,"amount":"1.001"})"}) {
        EXPECT_EQ(charge(body, "k1").status, 422) << body;
    }
    EXPECT_EQ(get("/v1/charges").status, 422);
    EXPECT_EQ(get("/v1/charges?order_id=x").status, 422);
    EXPECT_EQ(ledger.last_sequence(), 0);
}

TEST_F(ProviderTest, DeclinesAmountsThatEndInThirteenAndRemembersIt) {
    const auto declined = charge(R"({"order_id":7,"amount":"5.13"})", "k1");
    EXPECT_EQ(declined.status, 402);
    EXPECT_THAT(declined.body, HasSubstr(R"("code":"card_declined")"));
    EXPECT_EQ(charge(R"({"order_id":7,"amount":"5.13"})", "k1").status, 402);
    EXPECT_EQ(get("/v1/charges?order_id=7").body, R"({"charges":[]})");
    EXPECT_EQ(refund(R"({"order_id":7})", "r1").status, 404);
}

TEST_F(ProviderTest, ChargesAmountsThatEndInFourteenAndLosesTheAnswer) {
    EXPECT_EQ(charge(R"({"order_id":7,"amount":"5.14"})", "k1").status, 504);
    EXPECT_THAT(get("/v1/charges?order_id=7").body, HasSubstr(R"("amount":"5.14")"));
    EXPECT_EQ(charge(R"({"order_id":7,"amount":"5.14"})", "k1").status, 201);
    EXPECT_EQ(ledger.last_sequence(), 1);
}

TEST_F(ProviderTest, BreaksTwicePerKeyForAmountsThatEndInFifteen) {
    const std::string body = R"({"order_id":7,"amount":"5.15"})";
    EXPECT_EQ(charge(body, "k1").status, 500);
    EXPECT_EQ(charge(body, "k1").status, 500);
    EXPECT_EQ(ledger.last_sequence(), 0);
    EXPECT_EQ(charge(body, "k1").status, 201);
    EXPECT_EQ(charge(body, "k2").status, 500);
}

TEST_F(ProviderTest, RefundsAllThatIsLeftOnce) {
    charge(R"({"order_id":7,"amount":"10.00"})", "k1");
    EXPECT_THAT(refund(R"({"charge_id":"ch_1","amount":"4.00"})", "r1").body,
                HasSubstr(R"("amount":"4.00")"));
    EXPECT_EQ(refund(R"({"order_id":7,"amount":"6.01"})", "r2").status, 422);
    const auto rest = refund(R"({"order_id":7})", "r2");
    EXPECT_EQ(rest.status, 201);
    EXPECT_THAT(rest.body, HasSubstr(R"("charge_id":"ch_1","order_id":7,"amount":"6.00")"));
    EXPECT_EQ(refund(R"({"order_id":7})", "r2").body, rest.body);
    EXPECT_EQ(refund(R"({"order_id":7})", "r3").status, 409);
    EXPECT_THAT(get("/v1/charges?order_id=7").body,
                HasSubstr(R"("refunded_amount":"10.00","status":"refunded")"));
}

TEST_F(ProviderTest, RefusesRefundsOfNothingInParticular) {
    charge(R"({"order_id":7,"amount":"10.00"})", "k1");
    charge(R"({"order_id":7,"amount":"10.00"})", "k2");
    EXPECT_EQ(refund(R"({})", "r1").status, 422);
    EXPECT_EQ(refund(R"({"order_id":7,"charge_id":"ch_1"})", "r1").status, 422);
    EXPECT_EQ(refund(R"({"charge_id":"ch_9"})", "r1").status, 404);
    EXPECT_EQ(refund(R"({"charge_id":"7"})", "r1").status, 404);
    EXPECT_EQ(refund(R"({"order_id":7})", "r1").status, 409) << "two charges: which?";
}

TEST_F(ProviderTest, RefusesEverythingDuringAnOutageButTellsTheAuditor) {
    charge(R"({"order_id":7,"amount":"10.00"})", "k1");
    EXPECT_EQ(behave(R"({"outage":true})").status, 200);
    const auto refused = charge(R"({"order_id":7,"amount":"10.00"})", "k1");
    EXPECT_EQ(refused.status, 503);
    EXPECT_TRUE(refused.headers.has("Retry-After"));
    EXPECT_EQ(refund(R"({"order_id":7})", "r1").status, 503);
    EXPECT_EQ(get("/v1/charges?order_id=7").status, 503);
    EXPECT_EQ(get("/v1/ledger").status, 200);
    behave(R"({"outage":false})");
    EXPECT_EQ(refund(R"({"order_id":7})", "r1").status, 201);
}

TEST_F(ProviderTest, BehavesAsItIsTold) {
    EXPECT_EQ(behave(R"({"failure_rate":1})").status, 200);
    EXPECT_EQ(charge(R"({"order_id":7,"amount":"1.00"})", "k1").status, 500);
    behave(R"({"failure_rate":0,"lose_answer_rate":1})");
    EXPECT_EQ(charge(R"({"order_id":7,"amount":"1.00"})", "k1").status, 504);
    EXPECT_EQ(get("/v1/behaviour").body,
              R"({"delay_ms":0,"jitter_ms":0,"failure_rate":0,"outage":false,"lose_answer_rate":1})");
    for (const std::string bad : {R"({"delay_ms":-1})",
                                  R"({"delay_ms":600001})",
                                  R"({"jitter_ms":-1})",
                                  R"({"failure_rate":1.1})",
                                  R"({"lose_answer_rate":-0.1})",
                                  R"({"outage":1})"}) {
        EXPECT_EQ(behave(bad).status, 422) << bad;
    }
}

TEST_F(ProviderTest, PagesThroughTheLedger) {
    for (const std::string key : {"a", "b", "c"}) {
        charge(R"({"order_id":7,"amount":"1.00"})", key);
    }
    const auto first = get("/v1/ledger?limit=2");
    EXPECT_THAT(first.body, HasSubstr(R"("next_after":2})"));
    EXPECT_THAT(first.body, Not(HasSubstr(R"("sequence":3)")));
    EXPECT_THAT(get("/v1/ledger?after=2").body, HasSubstr(R"({"entries":[{"sequence":3,"kind":"charge")"));
    EXPECT_EQ(get("/v1/ledger?after=3").body, R"({"entries":[],"next_after":null})");
    EXPECT_EQ(get("/v1/ledger?limit=1001").status, 422);
}

TEST_F(ProviderTest, AFullLedgerTakesNoMore) {
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(charge(R"({"order_id":7,"amount":"1.00"})", std::to_string(i)).status, 201);
    }
    EXPECT_EQ(charge(R"({"order_id":7,"amount":"1.00"})", "one more").status, 503);
}

TEST_F(ProviderTest, AnswersNothingThatIsNotDurable) {
    journal.broken = true;
    for (int i = 0; i < 2; ++i) {
        const auto answer = charge(R"({"order_id":7,"amount":"1.00"})", "k1");
        EXPECT_EQ(answer.status, 500) << "503 would say that nothing happened";
    }
    EXPECT_EQ(get("/v1/charges?order_id=7").status, 503);
}

} // namespace
} // namespace tandem::provider
