#include "libs/async/sleep.hpp"
#include "libs/async/task_group.hpp"
#include "libs/kernel/time.hpp"
#include "libs/testing/run.hpp"
#include "services/user/infrastructure/token_cleaner.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace tandem::user {
namespace {

using namespace std::chrono_literals;

class TokensThatFailOnce final : public RefreshTokens {
public:
    Task<> open_family(UserId, StoredToken, Timestamp) override { co_return; }
    Task<std::optional<User>> rotate(std::string, StoredToken, Timestamp, Deadline) override {
        co_return std::nullopt;
    }
    Task<> revoke_family_of(std::string, Timestamp) override { co_return; }
    Task<bool> forget_expired(Timestamp) override {
        if (++bites == 1) {
            throw std::runtime_error("the server refuses");
        }
        co_return bites < 3;
    }
    int bites = 0;
};

class TokenCleanerTest : public ::testing::Test {
protected:
    Task<> until_bites(int bites) {
        while (tokens.bites < bites) {
            co_await async::sleep_for(1ms);
        }
        tasks.cancel();
        co_await tasks.join();
    }

    boost::asio::io_context context;
    async::TaskGroup tasks{context.get_executor()};
    const SystemClock clock;
    TokensThatFailOnce tokens;
};

TEST_F(TokenCleanerTest, GoesOnAfterABiteThatFailed) {
    tasks.spawn("cleaner", clean_expired_tokens(tokens, clock, 1h));
    testing::run(context, until_bites(3));
    EXPECT_EQ(tokens.bites, 3);
}

} // namespace
} // namespace tandem::user
