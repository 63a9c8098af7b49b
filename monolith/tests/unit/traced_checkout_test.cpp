#include "libs/testing/span_collector.hpp"
#include "monolith/infrastructure/traced_checkout_book.hpp"
#include "monolith/tests/unit/checkout_in_memory.hpp"

namespace tandem::monolith {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class TracedCheckoutTest : public SynchronousCheckoutTest {
protected:
    TracedCheckoutTest() {
        caller.context.traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    }

    Bought buy_traced() {
        auto prepared = testing::run(traced.prepare({}, caller));
        return testing::run((*prepared)->store("key-1", caller));
    }

    /// The names of the spans in OTLP's JSON, as they ended.
    static std::vector<std::string> names(const std::string& bodies) {
        const std::string before = R"("parentSpanId":"00f067aa0ba902b7","name":")";
        std::vector<std::string> found;
        for (auto at = bodies.find(before); at != std::string::npos; at = bodies.find(before, at + 1)) {
            const auto begin = at + before.size();
            found.push_back(bodies.substr(begin, bodies.find('"', begin) - begin));
        }
        return found;
    }

    TracedCheckoutBook traced_book{book, clock};
    SynchronousCheckout traced{{traced_book, intents, provider, postman, clock}, "tandem.example.com"};
};

TEST_F(TracedCheckoutTest, ShowsEachStepThatTheCustomerWaitsFor) {
    testing::SpanCollector collector;
    ASSERT_TRUE(buy_traced().has_value());
    const std::string spans = collector.close();
    EXPECT_THAT(names(spans),
                ElementsAre("begin transaction",
                            "draw order number",
                            "take idempotency key",
                            "read cart",
                            "lock stock",
                            "reserve stock",
                            "store order.created",
                            "store order.processing",
                            "hold payment",
                            "capture payment",
                            "sell stock",
                            "store order.paid",
                            "store email.sent",
                            "empty cart",
                            "commit"));
    EXPECT_THAT(spans, HasSubstr(R"({"key":"enduser.id","value":{"stringValue":"5"}})"));
}

TEST_F(TracedCheckoutTest, ShowsTheStepThatBroke) {
    testing::SpanCollector collector;
    shop.breaks_at = "place";
    EXPECT_THROW(buy_traced(), Unavailable);
    EXPECT_THAT(collector.close(),
                AllOf(HasSubstr(R"("name":"store order.created")"),
                      HasSubstr(R"("status":{"code":2,"message":"place"})")));
}

TEST_F(TracedCheckoutTest, ShowsThatADeclinedCheckoutIsRolledBack) {
    testing::SpanCollector collector;
    provider.answer = {payment::ProviderAnswer::Kind::declined, "The card was declined."};
    EXPECT_FALSE(buy_traced().has_value());
    EXPECT_EQ(names(collector.close()).back(), "roll back");
}

} // namespace
} // namespace tandem::monolith
