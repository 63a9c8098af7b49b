#include "libs/kernel/uuid.hpp"

#include <gtest/gtest.h>

#include <set>

namespace tandem {
namespace {

using namespace std::chrono_literals;

TEST(UuidTest, IsOfVersionSevenAndCarriesTheTime) {
    const std::string id = uuid_v7(Timestamp(0x0199'0000'0000ms));
    ASSERT_EQ(id.size(), 36U);
    EXPECT_EQ(id[14], '7');
    EXPECT_NE(std::string_view("89ab").find(id[19]), std::string_view::npos);
    EXPECT_EQ(id.substr(0, 9), "01990000-");
}

TEST(UuidTest, LaterOnesSortAfterEarlierOnes) {
    std::string previous = uuid_v7();
    std::set<std::string> all{previous};
    for (int i = 0; i < 10'000; ++i) {
        std::string next = uuid_v7();
        EXPECT_LT(previous, next);
        previous = std::move(next);
        all.insert(previous);
    }
    EXPECT_EQ(all.size(), 10'001U);
}

TEST(UuidTest, RandomHexHasTwoDigitsAByte) {
    EXPECT_EQ(random_hex(16).size(), 32U);
    EXPECT_NE(random_hex(16), random_hex(16));
}

} // namespace
} // namespace tandem
