#include "libs/redis/address.hpp"

#include <gmock/gmock.h>

namespace tandem::redis {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(RedisAddressTest, ReadsEveryPartOfAUrl) {
    const auto address = Address::parse("redis://limits:s3cret@redis.local:6380/7");
    ASSERT_TRUE(address) << address.error().message();
    EXPECT_EQ(address->host, "redis.local");
    EXPECT_EQ(address->port, 6380);
    EXPECT_EQ(address->user, "limits");
    EXPECT_EQ(address->password, "s3cret");
    EXPECT_EQ(address->database, 7);
}

TEST(RedisAddressTest, KnowsWhatMayBeLeftOut) {
    const auto bare = Address::parse("redis://127.0.0.1");
    ASSERT_TRUE(bare);
    EXPECT_EQ(bare->port, 6379);
    EXPECT_EQ(bare->user + bare->password, "");
    EXPECT_EQ(bare->database, 0);

    const auto without_user = Address::parse("redis://:s3cret@127.0.0.1:6379/");
    ASSERT_TRUE(without_user);
    EXPECT_EQ(without_user->user, "");
    EXPECT_EQ(without_user->password, "s3cret");
}

TEST(RedisAddressTest, DecodesUserAndPassword) {
    const auto address = Address::parse("redis://a%40b:p%2Fq%3A%25@h:1");
    ASSERT_TRUE(address);
    EXPECT_EQ(address->user, "a@b");
    EXPECT_EQ(address->password, "p/q:%");
}

TEST(RedisAddressTest, TakesAddressesOfBothFamilies) {
    const auto six = Address::parse("redis://:p@[::1]:6380/2");
    ASSERT_TRUE(six);
    EXPECT_EQ(six->host, "::1");
    EXPECT_EQ(six->port, 6380);
    EXPECT_EQ(Address::parse("redis://[fe80::1%25eth0]").value().host, "fe80::1%25eth0");
    EXPECT_EQ(Address::parse("redis://10.0.0.1:1").value().host, "10.0.0.1");
}

TEST(RedisAddressTest, RefusesWhatIsNoUrlAndSaysWhy) {
    const std::map<std::string, std::string> reasons{
        {"", "begin with redis://"},
        {"http://h:1", "begin with redis://"},
        {"rediss://h:1", "TLS"},
        {"redis://", "host"},
        {"redis://:p@", "host"},
        {"redis://:p@:6379", "host"},
        {"redis://a b:1", "host"},
        {"redis://[::1", "host"},
        {"redis://h:", "port"},
        {"redis://h:0", "port"},
        {"redis://h:65536", "port"},
        {"redis://h:1x", "port"},
        {"redis://[::1]x", "port"},
        {"redis://h:1/x", "database"},
        {"redis://h:1/-1", "database"},
        {"redis://h:1/0?x=1", "database"},
        {"redis://user@h:1", "password"},
        {"redis://:@h:1", "password"},
        {"redis://:p%@h:1", "hexadecimal"},
        {"redis://:p%zz@h:1", "hexadecimal"},
    };
    for (const auto& [url, reason] : reasons) {
        const auto address = Address::parse(url);
        ASSERT_FALSE(address) << url;
        EXPECT_THAT(address.error().message(), HasSubstr(reason)) << url;
    }
}

TEST(RedisAddressTest, NeverRepeatsThePassword) {
    for (const std::string url : {"redis://:s3cret@h:x",
                                  "redis://:s3cret/s3cret@h:1",
                                  "redis://s3cret:1/x",
                                  "redis://s3cret@h",
                                  "redis://:s3cret%@h",
                                  "s3cret"}) {
        EXPECT_THAT(Address::parse(url).error().message(), Not(HasSubstr("s3cret"))) << url;
    }
    EXPECT_EQ(Address::parse("redis://me:s3cret@h:1/2").value().to_string(), "h:1");
}

} // namespace
} // namespace tandem::redis
