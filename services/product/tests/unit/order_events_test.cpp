#include "libs/testing/run.hpp"
#include "libs/testing/span_collector.hpp"
#include "services/product/api/order_events.hpp"
#include "services/product/api/order_events_consumer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tandem::product {
namespace {

using messaging::Delivery;
using messaging::Verdict;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::run;

constexpr auto event_id = "019341f2-0000-7000-8000-00000000000a";
constexpr std::string_view fields = R"("order_id":7,"user_id":42,"user_email":"buyer@example.com",
    "items":[{"product_id":1,"product_name":"Gaming Laptop","quantity":2,"price":"1299.99"}],
    "total_amount":"2599.98","payment_method":"credit_card","shipping_address":{"city":"Ulm"})";

Delivery delivery(std::string type, std::string body) {
    Delivery result;
    result.event_id = event_id;
    result.event_type = std::move(type);
    result.body = std::move(body);
    result.context.traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    return result;
}

Delivery created() {
    return delivery("order.created", "{" + std::string(fields) + R"(,"a_later_field":[1,2]})");
}

Delivery with(std::string_view old_text, std::string_view new_text) {
    Delivery result = created();
    const std::size_t at = result.body.find(old_text);
    if (at == std::string::npos) {
        throw std::logic_error("no such text in the sample: " + std::string(old_text));
    }
    result.body.replace(at, old_text.size(), new_text);
    return result;
}

TEST(OrderEventTest, IsReadWithEverythingThatTheStockEventsHandOn) {
    const ReadEvent event = read_order_event(created());

    ASSERT_EQ(event.kind, ReadEvent::Kind::notice);
    EXPECT_EQ(event.notice.kind, OrderNotice::Kind::created);
    EXPECT_EQ(event.notice.event_id, event_id);
    EXPECT_EQ(event.notice.order.id, OrderId(7));
    EXPECT_EQ(event.notice.order.user, UserId(42));
    EXPECT_EQ(event.notice.order.user_email, "buyer@example.com");
    EXPECT_EQ(event.notice.order.total, Money::from_cents(259'998));
    EXPECT_EQ(event.notice.order.payment_method, "credit_card");
    EXPECT_EQ(event.notice.order.shipping_address, R"({"city":"Ulm"})");
    ASSERT_EQ(event.notice.order.lines.size(), 1u);
    EXPECT_EQ(event.notice.order.lines[0].product_name, "Gaming Laptop");
    EXPECT_EQ(event.notice.order.lines[0].quantity, 2);
    EXPECT_FALSE(event.notice.context.traceparent.empty());
}

TEST(OrderEventTest, KnowsFourTypesAndIgnoresOthers) {
    const std::string body = "{" + std::string(fields) + R"(,"reason":"expired"})";
    using Kind = OrderNotice::Kind;
    EXPECT_EQ(read_order_event(delivery("order.paid", body)).notice.kind, Kind::paid);
    EXPECT_EQ(read_order_event(delivery("order.failed", body)).notice.kind, Kind::failed);
    EXPECT_EQ(read_order_event(delivery("order.cancelled", body)).notice.kind, Kind::cancelled);
    EXPECT_EQ(read_order_event(delivery("order.failed", body)).notice.reason, "expired");
    EXPECT_EQ(read_order_event(delivery("order.shipped", "{}")).kind, ReadEvent::Kind::ignored);
}

TEST(OrderEventTest, AnAddressMayBeTextOrNullOrAbsent) {
    EXPECT_EQ(read_order_event(with(R"({"city":"Ulm"})", R"("Ulm")")).notice.order.shipping_address,
              R"("Ulm")");
    EXPECT_EQ(read_order_event(with(R"({"city":"Ulm"})", "null")).notice.order.shipping_address, "null");
    EXPECT_EQ(
        read_order_event(with(R"(,"shipping_address":{"city":"Ulm"})", "")).notice.order.shipping_address,
        "null");
}

TEST(OrderEventTest, IsMalformedWhenAFieldIsMissingOrOutOfRange) {
    EXPECT_EQ(read_order_event(delivery("order.created", "not JSON")).kind, ReadEvent::Kind::malformed);
    EXPECT_EQ(read_order_event(delivery("order.created", "{}")).kind, ReadEvent::Kind::malformed);
    for (const auto& [old_text, new_text] :
         std::vector<std::pair<std::string, std::string>>{{R"("order_id":7)", R"("order_id":0)"},
                                                          {R"("order_id":7)", R"("order_id":"7")"},
                                                          {R"("quantity":2)", R"("quantity":0)"},
                                                          {R"("quantity":2)", R"("quantity":-1)"},
                                                          {R"("quantity":2)", R"("quantity":1000001)"},
                                                          {R"("quantity":2)", R"("quantity":1.5)"},
                                                          {R"("price":"1299.99")", R"("price":"1299.999")"},
                                                          {R"("product_id":1)", R"("product_id":-1)"}}) {
        EXPECT_EQ(read_order_event(with(old_text, new_text)).kind, ReadEvent::Kind::malformed) << new_text;
    }
    const std::string items =
        R"([{"product_id":1,"product_name":"Gaming Laptop","quantity":2,"price":"1299.99"}])";
    EXPECT_EQ(read_order_event(with(items, "[]")).kind, ReadEvent::Kind::malformed);
}

TEST(OrderEventTest, NeedsAUuidAndGivesItInLowerCase) {
    Delivery event = created();
    event.event_id = "019341F2-0000-7000-8000-00000000000A";
    EXPECT_EQ(read_order_event(event).notice.event_id, event_id);
    for (const auto* broken :
         {"", "7", "019341f2-0000-7000-8000-00000000000", "019341f2x0000-7000-8000-00000000000a"}) {
        event.event_id = broken;
        EXPECT_EQ(read_order_event(event).kind, ReadEvent::Kind::malformed) << broken;
    }
}

/// Knows no order and no product.
class EmptyBook final : public StockBook {
public:
    class EmptyPage final : public StockPage {
    public:
        EmptyPage(StockScope scope, const std::set<std::string>& handled)
            : events_(scope.event_ids.begin(), scope.event_ids.end()) {
            std::erase_if(events_, [&](const std::string& event) { return handled.contains(event); });
        }
        const std::set<std::string>& new_events() const override { return events_; }
        StockLedger& ledger() override { return ledger_; }
        Task<> write(StockEntries) override { co_return; }

    private:
        std::set<std::string> events_;
        StockLedger ledger_;
    };
    Task<std::unique_ptr<StockPage>> open(StockScope scope) override {
        co_return std::make_unique<EmptyPage>(std::move(scope), handled);
    }

    std::set<std::string> handled; ///< events of earlier batches
};

TEST(OrderEventsConsumerTest, JudgesEachEventOfABatchByItself) {
    EmptyBook book;
    StockKeeping stock(book);
    OrderEventsConsumer consumer(stock);
    Delivery paid = delivery("order.paid", "{" + std::string(fields) + "}");
    paid.event_id = "019341f2-0000-7000-8000-00000000000b";
    paid.body.replace(paid.body.find(":7"), 2, ":8");

    EXPECT_THAT(
        run(consumer.handle({delivery("order.created", "{"), created(), paid, delivery("user.born", "")})),
        ElementsAre(Verdict::dead, Verdict::done, Verdict::retry, Verdict::done));
}

TEST(OrderEventsConsumerTest, TellsAnEventThatComesAgain) {
    EmptyBook book;
    book.handled = {event_id};
    StockKeeping stock(book);
    OrderEventsConsumer consumer(stock);
    EXPECT_THAT(run(consumer.handle({created()})), ElementsAre(Verdict::duplicate));
}

TEST(OrderEventsConsumerTest, ShowsWhatWasDecidedOnTheStock) {
    testing::SpanCollector collector;
    EmptyBook book;
    StockKeeping stock(book);
    OrderEventsConsumer consumer(stock);
    run(consumer.handle({created()}));
    EXPECT_THAT(collector.close(),
                AllOf(HasSubstr(R"("parentSpanId":"b7ad6b7169203331","name":"reserve stock")"),
                      HasSubstr(R"({"key":"tandem.order_id","value":{"intValue":"7"}})"),
                      HasSubstr(R"({"key":"tandem.stock.outcome","value":{"stringValue":"rejected"}})"),
                      HasSubstr(R"("status":{"code":2)")));
}

} // namespace
} // namespace tandem::product
