#include "lab/compare/profile.hpp"

#include <gtest/gtest.h>

namespace tandem::lab {
namespace {

using namespace std::chrono_literals;

TEST(ProfileTest, EveryProfileIsFoundByItsNameAndHasARate) {
    for (const Profile& profile : profiles()) {
        ASSERT_NE(find_profile(profile.name), nullptr);
        EXPECT_FALSE(profile.rates.empty()) << profile.name;
    }
    EXPECT_EQ(find_profile("slow"), nullptr);
}

TEST(ProfileTest, TheFastWorldHasNoDelays) {
    EXPECT_EQ(find_profile("fast")->longest_payment_ms(), 0);
    EXPECT_EQ(find_profile("fast")->email_delay_ms, 0);
}

TEST(ProfileTest, InContentionTenCustomersWantOneProductAtOnce) {
    const Profile& contention = *find_profile("contention");
    EXPECT_TRUE(contention.one_product);
    EXPECT_EQ(load_text(contention, {1'000, contention.rates.front()}), "10 customers at once");
}

TEST(ProfileTest, SaysLoadsAsPeopleDo) {
    EXPECT_EQ(load_text(*find_profile("default"), {1'000, 2}), "2 orders/s");
    EXPECT_EQ(load_text(*find_profile("default"), {1'000, 0.5}), "0.5 orders/s");
    EXPECT_EQ(load_text(*find_profile("break-even"), {50, 10}), "payment 50 ms, 10 orders/s");
}

TEST(ProfileTest, PlaysEachPaymentDelayWithEachRate) {
    Profile profile = *find_profile("break-even");
    profile.payment_delays_ms = {0, 50};
    profile.rates = {2, 10};
    const std::vector<Load> expected{{0, 2}, {0, 10}, {50, 2}, {50, 10}};
    EXPECT_EQ(loads_of(profile), expected);
}

TEST(ProfileTest, AnOutageIsAThirdOfTheRun) {
    EXPECT_EQ(outage_length(*find_profile("payment-outage")), 30s);
    EXPECT_EQ(outage_length(*find_profile("mail-outage")), 30s);
    EXPECT_EQ(outage_length(*find_profile("default")), 0s);
}

TEST(ProfileTest, CustomersWaitLongerThanAShopWorksAtARequest) {
    for (const Profile& profile : profiles()) {
        EXPECT_GE(patience_with_answers(profile), 150s) << profile.name;
    }
}

TEST(ProfileTest, CustomersOfOneProductWaitForAllOthersTwice) {
    Profile crowd = *find_profile("contention");
    crowd.rates = {10, 100};
    EXPECT_GE(patience_with_answers(crowd), 2 * 100 * 3s);
    crowd.one_product = false;
    EXPECT_EQ(patience_with_answers(crowd), 150s);
}

TEST(ProfileTest, MailsAreWaitedForUntilTheLastRetryAfterTheOutage) {
    EXPECT_GT(patience_with_mails(*find_profile("mail-outage")), 30s + 156s);
}

TEST(ProfileTest, NobodyIsMissingWhileOthersWaitForTheOutageToEnd) {
    const Profile& outage = *find_profile("payment-outage");
    EXPECT_GE(customers_for(outage), outage.rates.front() * (30 + 3));
    EXPECT_EQ(customers_for(*find_profile("default")), 40);
    EXPECT_EQ(customers_for(*find_profile("contention")), 20);
}

} // namespace
} // namespace tandem::lab
