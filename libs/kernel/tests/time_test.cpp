#include "libs/kernel/time.hpp"

#include <gtest/gtest.h>

namespace tandem {
namespace {

using namespace std::chrono_literals;

TEST(TimeTest, WritesRfc3339InUtc) {
    EXPECT_EQ(to_rfc3339(Timestamp(0us)), "1970-01-01T00:00:00.000000Z");
    EXPECT_EQ(to_rfc3339(Timestamp(1'700'000'000'123'456us)), "2023-11-14T22:13:20.123456Z");
}

TEST(TimeTest, ReadsBackWhatItWrote) {
    const Timestamp moment(1'700'000'000'123'456us);
    EXPECT_EQ(parse_rfc3339(to_rfc3339(moment)), moment);
}

TEST(TimeTest, ReadsOffsetsAndFractions) {
    EXPECT_EQ(parse_rfc3339("1970-01-01T02:00:00+02:00"), Timestamp(0us));
    EXPECT_EQ(parse_rfc3339("1970-01-01T00:00:00.5Z"), Timestamp(500ms));
    EXPECT_EQ(parse_rfc3339("1970-01-01T00:00:00.123456789Z"), Timestamp(123'456us));
}

TEST(TimeTest, RefusesWhatIsNotAMoment) {
    for (const auto* text : {"",
                             "2023",
                             "2023-13-01T00:00:00Z",
                             "2023-02-30T00:00:00Z",
                             "2023-01-01T24:00:00Z",
                             "2023-01-01T00:00:00",
                             "2023-01-01T00:00:00Zx",
                             "2023-01-01T00:00:00.Z"}) {
        EXPECT_FALSE(parse_rfc3339(text).has_value()) << text;
    }
}

} // namespace
} // namespace tandem
