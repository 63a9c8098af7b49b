#include "libs/testing/run.hpp"
#include "services/order/api/order_stream.hpp"
#include "services/order/tests/unit/order_samples.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tandem::order {
namespace {

using samples::noon;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::vector<RecordedEvent> history(std::vector<OrderEvent> events) {
    std::vector<RecordedEvent> history{{1, noon, "order.created", "{}", samples::placed()}};
    for (OrderEvent& event : events) {
        history.push_back({static_cast<int>(history.size()) + 1, noon, "some.event", "{}", std::move(event)});
    }
    return history;
}

TEST(OrderStreamTest, SendsEachStateChangeWithTheStatusOfThatTime) {
    const auto part = stream_part(history({Processing{}, Paid{samples::payment()}}), 0, 7);
    EXPECT_THAT(
        part.text,
        HasSubstr("id: 1\nevent: order.created\ndata: {\"id\":17,\"status\":\"pending\",\"reason\":null,"
                  "\"payment\":null,\"processing_duration_ms\":7}\n\n"));
    EXPECT_THAT(part.text, HasSubstr("id: 2\nevent: some.event\ndata: {\"id\":17,\"status\":\"processing\""));
    EXPECT_THAT(part.text, HasSubstr("id: 3\nevent: some.event\ndata: {\"id\":17,\"status\":\"paid\""));
    EXPECT_EQ(part.version, 3);
}

TEST(OrderStreamTest, GoesOnAfterTheLastEventThatTheClientHas) {
    const auto part = stream_part(history({Processing{}, Paid{samples::payment()}}), 2, 7);
    EXPECT_THAT(part.text, Not(HasSubstr("id: 2\n")));
    EXPECT_THAT(part.text, HasSubstr("id: 3\n"));
    EXPECT_EQ(stream_part(history({}), 99, 7).text, "");
}

TEST(OrderStreamTest, LeavesOutWhatChangesNoState) {
    const auto part = stream_part(history({MailSent{"order_paid", "<m@x>"}}), 1, 7);
    EXPECT_EQ(part.text, "");
    EXPECT_EQ(part.version, 2);
}

TEST(OrderStreamTest, EndsInEachStateThatOnlyAPersonCanChange) {
    const auto ends = [](std::vector<OrderEvent> events) {
        return stream_part(history(std::move(events)), 0, 7).ended;
    };
    const Paid paid{samples::payment()};
    EXPECT_FALSE(ends({}));
    EXPECT_FALSE(ends({Processing{}}));
    EXPECT_TRUE(ends({paid, Shipped{}}));
    EXPECT_TRUE(ends({paid}));
    EXPECT_TRUE(ends({paid, Shipped{}, Delivered{}}));
    EXPECT_TRUE(ends({Failed{Reason::expired, "", std::nullopt}}));
    EXPECT_TRUE(ends({Cancelled{Reason::cancelled_by_admin, false}}));
}

class OrderWatchTest : public ::testing::Test {
protected:
    bool has_news(OrderWatch::Watcher& watcher) {
        return testing::run(loop, watcher.news(std::chrono::milliseconds(0)));
    }
    boost::asio::io_context loop;
    OrderWatch watch{loop.get_executor(), 2};
    const UserId user{7};
    const UserId other{8};
};

TEST_F(OrderWatchTest, WakesThoseWhoWatchTheOrder) {
    auto one = watch.watch(OrderId(1), user);
    auto two = watch.watch(OrderId(2), other);
    watch.notify({OrderId(1), OrderId(3)});
    EXPECT_TRUE(has_news(*one));
    EXPECT_FALSE(has_news(*one));
    EXPECT_FALSE(has_news(*two));
    EXPECT_THAT(watch.watched(), ElementsAre(OrderId(1), OrderId(2)));
}

TEST_F(OrderWatchTest, DoesNotWakeForWhatIsKnownAlready) {
    auto watcher = watch.watch(OrderId(1), user);
    watcher->knows(2);
    watch.heard(OrderId(1), 2);
    EXPECT_FALSE(has_news(*watcher));
    watch.heard(OrderId(1), 3);
    EXPECT_TRUE(has_news(*watcher));
}

TEST_F(OrderWatchTest, LetsNobodyKeepTheOthersOut) {
    OrderWatch shared{loop.get_executor(), 20};
    auto one = shared.watch(OrderId(1), user);
    {
        auto two = shared.watch(OrderId(1), user);
        const auto three = shared.watch(OrderId(2), user);
        ASSERT_FALSE(three.has_value());
        EXPECT_EQ(three.error().kind(), ErrorKind::too_many_requests);
        EXPECT_TRUE(shared.watch(OrderId(3), other).has_value());
    }
    EXPECT_TRUE(shared.watch(OrderId(2), user).has_value());
}

TEST_F(OrderWatchTest, HasALimitAndForgetsThoseWhoLeft) {
    auto one = watch.watch(OrderId(1), user);
    {
        auto two = watch.watch(OrderId(1), other);
        EXPECT_FALSE(watch.watch(OrderId(2), UserId(9)).has_value());
    }
    EXPECT_TRUE(watch.watch(OrderId(2), other).has_value());
    EXPECT_THAT(watch.watched(), ElementsAre(OrderId(1)));
}

} // namespace
} // namespace tandem::order
