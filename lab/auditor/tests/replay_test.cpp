#include "lab/auditor/replay.hpp"
#include "lab/auditor/tests/lawful_orders.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tandem::audit::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> departures_of(const Dossier& dossier) {
    const Replay replayed = replay(dossier.events);
    return replayed.order ? departures(*dossier.order(), dossier.items, *replayed.order)
                          : std::vector{replayed.objection};
}

TEST(ReplayTest, MakesTheOrderThatIsStored) {
    EXPECT_THAT(departures_of(paid_order()), IsEmpty());
    EXPECT_THAT(departures_of(cancelled_order()), IsEmpty());
    EXPECT_THAT(departures_of(declined_order()), IsEmpty());
}

TEST(ReplayTest, NamesEachFieldThatDeparts) {
    Dossier dossier = paid_order();
    dossier.orders.front().total = Money::from_cents(1);
    dossier.orders.front().payment->transaction_id = "ch_1";
    dossier.items.front().quantity = 3;
    EXPECT_THAT(departures_of(dossier),
                ElementsAre("total is 0.01, its events say 20.00",
                            HasSubstr("payment is processed 20.00 ch_1"),
                            HasSubstr("items is 3 x 1 Mouse at 10.00")));
}

TEST(ReplayTest, RefusesTransitionsThatThereAreNot) {
    Dossier dossier = declined_order();
    add_event(dossier, "order.shipped");
    EXPECT_THAT(departures_of(dossier),
                ElementsAre("version 6, order.shipped: an order that is failed cannot become shipped"));
}

TEST(ReplayTest, RefusesGapsAndHistoriesWithoutABeginning) {
    Dossier gap = paid_order();
    gap.events.erase(gap.events.begin() + 1);
    EXPECT_THAT(departures_of(gap), ElementsAre("version 3 follows version 1"));
    Dossier headless = paid_order();
    headless.events.front().type = "order.processing";
    EXPECT_THAT(departures_of(headless), ElementsAre("version 1 is order.processing"));
}

TEST(ReplayTest, RefusesWhatItCannotRead) {
    Dossier broken = paid_order();
    broken.events.at(2).body = R"({"payment_id":"five"})";
    EXPECT_THAT(departures_of(broken), ElementsAre(HasSubstr("version 3, order.paid: its body is not")));
    Dossier foreign = paid_order();
    foreign.events.front().order_id = 8;
    EXPECT_THAT(departures_of(foreign), ElementsAre(HasSubstr("its body is about order 7")));
    Dossier unknown = paid_order();
    add_event(unknown, "order.vanished");
    EXPECT_THAT(departures_of(unknown), ElementsAre("version 5, order.vanished: no such event is known"));
}

TEST(ReplayTest, KnowsTheTransitionsOfTheContract) {
    using enum Status;
    int allowed = 0;
    for (const Status from : {pending, processing, paid, shipped, delivered, failed, cancelled}) {
        for (const Status to : {pending, processing, paid, shipped, delivered, failed, cancelled}) {
            allowed += may_become(from, to) ? 1 : 0;
        }
    }
    EXPECT_EQ(allowed, 10);
    EXPECT_TRUE(may_become(pending, paid));
    EXPECT_FALSE(may_become(shipped, cancelled));
    EXPECT_FALSE(may_become(paid, paid));
}

} // namespace
} // namespace tandem::audit::tests
