#include "lab/compare/wal.hpp"

#include <gtest/gtest.h>

namespace tandem::lab {
namespace {

TEST(WalTest, ReadsAPositionBeyondFourGibibytes) {
    EXPECT_EQ(parse_lsn("0/0"), 0U);
    EXPECT_EQ(parse_lsn("16/B374D848"), 0x16'B374'D848U);
}

TEST(WalTest, RefusesWhatIsNoPosition) {
    for (const char* text : {"", "16", "/", "16/", "g/1", "1/2/3", "1/123456789"}) {
        EXPECT_FALSE(parse_lsn(text)) << text;
    }
}

TEST(WalTest, AddsUpWhatEveryDatabaseWrote) {
    EXPECT_EQ(wal_bytes_between({{"a", 100}, {"b", 5}}, {{"a", 150}, {"b", 5}}), 50);
    EXPECT_EQ(wal_bytes_between({{"a", 100}, {"b", 5}}, {{"a", 150}, {"b", 12}}), 57);
}

TEST(WalTest, CountsNothingForADatabaseThatWasNotReadBefore) {
    EXPECT_EQ(wal_bytes_between({}, {{"a", 150}}), 0);
    EXPECT_EQ(wal_bytes_between({{"a", 200}}, {{"a", 150}}), 0);
}

} // namespace
} // namespace tandem::lab
