#include "libs/testing/run.hpp"
#include "services/user/infrastructure/argon2_hasher.hpp"

#include <boost/asio/co_spawn.hpp>
#include <gtest/gtest.h>

namespace tandem::user {
namespace {

using testing::run;
using Verdict = PasswordHasher::Verdict;

class Argon2HasherTest : public ::testing::Test {
protected:
    static constexpr Argon2Cost cheap{.memory_kib = 64, .passes = 1, .lanes = 1};

    std::string hash(const std::string& password) { return run(context, hasher.hash(password)).value(); }
    Verdict verify(const std::string& password, const std::string& hashed) {
        return run(context, hasher.verify(password, hashed)).value();
    }

    boost::asio::io_context context;
    async::BlockingPool threads{context.get_executor(), "password", 1, 2};
    Argon2Hasher hasher{threads, cheap};
};

TEST_F(Argon2HasherTest, StoresAPhcStringWithItsParametersAndAFreshSalt) {
    const std::string first = hash("password123");
    EXPECT_TRUE(first.starts_with("$argon2id$v=19$m=64,t=1,p=1$")) << first;
    EXPECT_NE(first, hash("password123"));
    EXPECT_EQ(first.find("password123"), std::string::npos);
}

TEST_F(Argon2HasherTest, KnowsTheRightPasswordFromEveryOther) {
    const std::string hashed = hash("password123");
    EXPECT_EQ(verify("password123", hashed), Verdict::right);
    for (const std::string wrong : {"", "password12", "password1234", "Password123", "password123 "}) {
        EXPECT_EQ(verify(wrong, hashed), Verdict::wrong) << wrong;
    }
    const std::string with_nul = hash(std::string("ab\0cd", 5));
    EXPECT_EQ(verify("ab", with_nul), Verdict::wrong);
}

TEST_F(Argon2HasherTest, SaysThatAHashOfOtherParametersIsOutdated) {
    Argon2Hasher stronger(threads, {.memory_kib = 128, .passes = 1, .lanes = 1});
    const std::string old = hash("password123");
    EXPECT_EQ(run(context, stronger.verify("password123", old)).value(), Verdict::right_but_outdated);
    EXPECT_EQ(run(context, stronger.verify("wrong", old)).value(), Verdict::wrong);
}

TEST_F(Argon2HasherTest, NobodysHashCanBeVerifiedAndNeverFits) {
    EXPECT_EQ(verify("", hasher.hash_of_nobody()), Verdict::wrong);
    EXPECT_EQ(verify("password123", hasher.hash_of_nobody()), Verdict::wrong);
    EXPECT_EQ(hasher.hash_of_nobody().size(), hash("x").size());
}

TEST_F(Argon2HasherTest, ABrokenHashInTheDatabaseIsAnErrorAndNotAWrongPassword) {
    EXPECT_ANY_THROW(verify("password123", "plain text"));
}

TEST_F(Argon2HasherTest, IsUnavailableWhenTooManyWait) {
    Argon2Hasher slow(threads, {.memory_kib = 19'456, .passes = 2, .lanes = 1});
    int hashed = 0;
    int refused = 0;
    for (int i = 0; i < 20; ++i) {
        boost::asio::co_spawn(
            context, slow.hash("password123"), [&](const std::exception_ptr&, Result<std::string> outcome) {
                hashed += outcome ? 1 : 0;
                refused += !outcome && outcome.error().kind() == ErrorKind::unavailable ? 1 : 0;
            });
    }
    context.run();
    EXPECT_EQ(hashed + refused, 20);
    EXPECT_GE(hashed, 1);
    EXPECT_GE(refused, 10);
}

} // namespace
} // namespace tandem::user
