#include "libs/async/sleep.hpp"
#include "libs/testing/run.hpp"
#include "libs/testing/span_collector.hpp"
#include "services/payment/infrastructure/payment_worker.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <stdexcept>

namespace tandem::payment {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::HasSubstr;

Payment payment_of(std::int64_t order) {
    Purchase purchase{OrderId(order), UserId(42), "a@example.com", Money::from_cents(1250), "paypal", {}};
    return Payment::request(std::move(purchase), SystemClock().now());
}

/// Gives one due payment a claim; `before_claim` is told the claim's number from 1.
class EndlessPayments final : public Payments {
public:
    Task<std::set<std::string>> take(std::vector<OrderNotice>, Timestamp) override {
        co_return std::set<std::string>();
    }
    Task<std::vector<Payment>> claim(Claim) override {
        before_claim(++claims);
        co_return std::vector{payment_of(claims)};
    }
    Task<bool> save(Payment, Timestamp) override {
        ++saved;
        co_return true;
    }
    Task<std::optional<Payment>> find(OrderId) override { co_return std::nullopt; }

    std::function<void(int)> before_claim = [](int) {};
    int claims = 0;
    int saved = 0;
};

class FailingProvider final : public Provider {
public:
    Task<ProviderAnswer> charge(Purchase purchase) override {
        if (++charges == 1) {
            throw std::logic_error("an answer that nobody foresaw");
        }
        co_return ProviderAnswer{ProviderAnswer::Kind::charged,
                                 "ch_" + std::to_string(purchase.order.value())};
    }
    Task<ProviderAnswer> find_charge(Purchase) override { throw std::logic_error("not asked"); }
    Task<ProviderAnswer> refund(Purchase, std::string) override { throw std::logic_error("not asked"); }

    int charges = 0;
};

class PaymentWorkerTest : public ::testing::Test {
protected:
    Task<> work_until(std::function<bool()> done) {
        tasks.spawn("worker", worker.run());
        while (!done()) {
            co_await async::sleep_for(1ms);
        }
        works_still = worker.running();
        tasks.cancel();
        co_await tasks.join();
        co_await worker.drain();
    }

    boost::asio::io_context context;
    const SystemClock clock;
    EndlessPayments payments;
    FailingProvider provider;
    CircuitBreaker breaker{{.failures_max = 3, .cool_down = 5s}};
    Charging charging{payments, provider, breaker, clock, {}, [] { return 0.5; }};
    async::Event due{context.get_executor()};
    PaymentWorker worker{context.get_executor(),
                         charging,
                         due,
                         {.concurrency = 1, .scan_every = std::chrono::milliseconds(1)}};
    async::TaskGroup tasks{context.get_executor()};
    bool works_still = false;
};

TEST_F(PaymentWorkerTest, GoesOnAfterAClaimThatFailedAsNobodyForesaw) {
    payments.before_claim = [](int number) {
        if (number <= 2) {
            throw std::runtime_error("a column is missing");
        }
    };
    const auto some_saved_or_ended = [&] { return payments.saved > 0 || !worker.running(); };
    testing::run(context, work_until(some_saved_or_ended));
    EXPECT_TRUE(works_still);
    EXPECT_GE(payments.claims, 3);
}

TEST_F(PaymentWorkerTest, ShowsEachTurnAsAnAttempt) {
    testing::SpanCollector collector;
    provider.charges = 1; // none fails
    testing::run(context, work_until([&] { return payments.saved > 0; }));
    EXPECT_THAT(collector.close(),
                AllOf(HasSubstr(R"("name":"payment attempt")"),
                      HasSubstr(R"({"key":"tandem.order_id","value":{"intValue":"1"}})"),
                      HasSubstr(R"({"key":"enduser.id","value":{"stringValue":"42"}})"),
                      HasSubstr(R"({"key":"tandem.payment.status","value":{"stringValue":"processed"}})")));
}

TEST_F(PaymentWorkerTest, ShowsThatTheBreakerKeptItFromTrying) {
    testing::SpanCollector collector;
    for (int failures = 0; failures < 3; ++failures) {
        breaker.failed(clock.now());
    }
    testing::run(context, work_until([&] { return payments.saved > 0; }));
    EXPECT_EQ(provider.charges, 0);
    EXPECT_THAT(collector.close(),
                HasSubstr(R"("status":{"code":2,"message":"the circuit breaker is open"})"));
}

TEST_F(PaymentWorkerTest, GoesOnAfterATurnThatFailedAsNobodyForesaw) {
    testing::run(context, work_until([&] { return payments.saved > 0; }));
    EXPECT_TRUE(works_still);
    EXPECT_GE(provider.charges, 2);
}

} // namespace
} // namespace tandem::payment
