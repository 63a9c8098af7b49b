#include "lab/load_generator/histogram.hpp"

#include <gtest/gtest.h>

namespace tandem::lab {
namespace {

using namespace std::chrono_literals;

TEST(HistogramTest, AnEmptyOneHasZeroEverywhere) {
    const Histogram histogram;
    EXPECT_EQ(histogram.count(), 0U);
    EXPECT_EQ(histogram.quantile(0.99), 0us);
    EXPECT_EQ(histogram.max(), 0us);
}

TEST(HistogramTest, QuantilesAreWithinTwoPercentOverTheWholeRange) {
    for (const std::int64_t scale_us : {1, 37, 1'000, 54'321, 3'000'000}) {
        Histogram histogram;
        for (std::int64_t i = 1; i <= 1'000; ++i) {
            histogram.record(std::chrono::microseconds(i * scale_us));
        }
        for (const double share : {0.5, 0.9, 0.99, 1.0}) {
            const double truth = share * 1'000 * static_cast<double>(scale_us);
            EXPECT_NEAR(static_cast<double>(histogram.quantile(share).count()), truth, truth * 0.02)
                << scale_us;
        }
    }
}

TEST(HistogramTest, KeepsTheExactMaximumAndBoundsWhatIsOutOfRange) {
    Histogram histogram;
    histogram.record(-5ms);
    histogram.record(1'234'567us);
    EXPECT_EQ(histogram.max(), 1'234'567us);
    histogram.record(100h);
    EXPECT_EQ(histogram.max(), 1h);
    EXPECT_EQ(histogram.count(), 3U);
}

} // namespace
} // namespace tandem::lab
