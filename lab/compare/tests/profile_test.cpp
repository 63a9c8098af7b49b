#include "lab/compare/profile.hpp"

#include <gtest/gtest.h>

namespace tandem::lab {
namespace {

TEST(ProfileTest, EveryProfileIsFoundByItsNameAndHasARate) {
    for (const Profile& profile : profiles()) {
        ASSERT_NE(find_profile(profile.name), nullptr);
        EXPECT_FALSE(profile.rates.empty()) << profile.name;
    }
    EXPECT_EQ(find_profile("slow"), nullptr);
}

TEST(ProfileTest, TheFastWorldHasNoDelays) {
    EXPECT_EQ(find_profile("fast")->payment_delay_ms, 0);
    EXPECT_EQ(find_profile("fast")->email_delay_ms, 0);
}

TEST(ProfileTest, InContentionTenCustomersWantOneProductAtOnce) {
    const Profile& contention = *find_profile("contention");
    EXPECT_TRUE(contention.one_product);
    EXPECT_EQ(load_text(contention, contention.rates.front()), "10 customers at once");
}

TEST(ProfileTest, SaysRatesAsPeopleDo) {
    EXPECT_EQ(load_text(*find_profile("default"), 2), "2 orders/s");
    EXPECT_EQ(load_text(*find_profile("default"), 0.5), "0.5 orders/s");
}

} // namespace
} // namespace tandem::lab
