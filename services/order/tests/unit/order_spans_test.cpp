#include "libs/testing/span_collector.hpp"
#include "services/order/infrastructure/order_spans.hpp"
#include "services/order/tests/unit/order_samples.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tandem::order {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

const Context cause{.traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                    .request_id = {}};

std::vector<Change> reserved_and_paid() {
    const Order processing = samples::order_that_is(OrderStatus::processing);
    const Order paid = samples::order_that_is(OrderStatus::paid);
    return {{Processing{}, processing.state(), cause}, {Paid{samples::payment()}, paid.state(), cause}};
}

TEST(ChangeSpansTest, TellWhatHappenedToWhoseOrder) {
    testing::SpanCollector collector;
    std::vector<Change> changes = reserved_and_paid();
    {
        const ChangeSpans spans(changes, samples::noon);
    }
    EXPECT_THAT(
        collector.close(),
        AllOf(HasSubstr(R"("parentSpanId":"00f067aa0ba902b7","name":"store order.processing","kind":1,)"
                        R"("startTimeUnixNano":"1795435200000000000")"),
              HasSubstr(R"("name":"store order.paid","kind":1,"startTimeUnixNano":"1795435200000001000")"),
              HasSubstr(R"({"key":"tandem.order_id","value":{"intValue":"17"}})"),
              HasSubstr(R"({"key":"enduser.id","value":{"stringValue":"5"}})"),
              HasSubstr(R"({"key":"tandem.order.event","value":{"stringValue":"order.paid"}})"),
              HasSubstr(R"({"key":"tandem.order.status","value":{"stringValue":"paid"}})")));
}

TEST(ChangeSpansTest, MakeEachEventAChildOfItsOwnSpan) {
    testing::SpanCollector collector;
    std::vector<Change> changes = reserved_and_paid();
    const ChangeSpans spans(changes, samples::noon);
    EXPECT_NE(changes[0].context.traceparent, cause.traceparent);
    EXPECT_NE(changes[0].context.traceparent, changes[1].context.traceparent);
}

TEST(ChangeSpansTest, TellWhyNothingWasStored) {
    testing::SpanCollector collector;
    std::vector<Change> changes = reserved_and_paid();
    {
        ChangeSpans spans(changes, samples::noon);
        spans.fail("deadlock");
    }
    EXPECT_THAT(collector.close(), HasSubstr(R"("status":{"code":2,"message":"deadlock"})"));
}

TEST(ChangeSpansTest, LeaveChangesAloneWhenNothingIsExported) {
    std::vector<Change> changes = reserved_and_paid();
    const ChangeSpans spans(changes, samples::noon);
    EXPECT_EQ(changes[0].context.traceparent, cause.traceparent);
}

} // namespace
} // namespace tandem::order
