#include "lab/chaos/door.hpp"

#include <gtest/gtest.h>

namespace tandem::lab {
namespace {

TEST(DoorTest, OnlySuccessIsAPromise) {
    EXPECT_EQ(meaning_of(200, false), Answer::accepted);
    EXPECT_EQ(meaning_of(201, false), Answer::accepted);
}

TEST(DoorTest, ARefusalStaysUnlessItSaysWhenToComeAgain) {
    EXPECT_EQ(meaning_of(402, false), Answer::refused);
    EXPECT_EQ(meaning_of(409, false), Answer::refused);
    EXPECT_EQ(meaning_of(409, true), Answer::ambiguous); // the first request is still under way
    EXPECT_EQ(meaning_of(422, false), Answer::refused);
}

TEST(DoorTest, WhoIsTurnedAwayComesAgain) {
    EXPECT_EQ(meaning_of(401, false), Answer::turned_away);
    EXPECT_EQ(meaning_of(429, true), Answer::turned_away);
    EXPECT_EQ(meaning_of(503, true), Answer::turned_away);
}

TEST(DoorTest, NobodyKnowsWhatAServersErrorHasDone) {
    for (const int status : {500, 502, 504}) {
        EXPECT_EQ(meaning_of(status, false), Answer::ambiguous) << status;
    }
}

} // namespace
} // namespace tandem::lab
