#include "libs/redis/script.hpp"

#include <gtest/gtest.h>

namespace tandem::redis {
namespace {

TEST(RedisScriptTest, IsKnownByTheHashOfItsText) {
    const Script script("abc"); // FIPS 180-2, appendix A.1
    EXPECT_EQ(script.text(), "abc");
    EXPECT_EQ(script.sha1(), "a9993e364706816aba3e25717850c26c9cd0d89d");
}

} // namespace
} // namespace tandem::redis
