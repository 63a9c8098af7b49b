#include "gateway/fallback_rate_limiter.hpp"
#include "gateway/redis_rate_limiter.hpp"
#include "gateway/tests/integration/shop_behind_gateway.hpp"
#include "libs/testing/redis_server.hpp"

#include <csignal>

namespace tandem::gateway {
namespace {

using namespace std::chrono_literals;

constexpr RateLimit three_at_once{.per_s = 0.001, .burst = 3};
constexpr const char* bucket = "tandem:rate:user 42";

/// How one of several gateways counts.
struct Limits {
    Limits(boost::asio::io_context& io, async::TaskGroup& tasks, const std::string& url, RateLimit limit)
        : client(io.get_executor(), {.address = redis::Address::parse(url).value()}),
          shared(client, limit, 2s), local(limit), limiter(shared, local, {.pause = 10ms}) {
        client.start(tasks);
    }

    redis::Client client;
    RedisRateLimiter shared;
    LocalRateLimiter local;
    FallbackRateLimiter limiter;
};

class SharedLimitTest : public GatewayTest {
protected:
    SharedLimitTest() { std::signal(SIGPIPE, SIG_IGN); }

    std::unique_ptr<Limits> connected(RateLimit limit = three_at_once) {
        auto limits = std::make_unique<Limits>(io, tasks, redis_server.url(), limit);
        EXPECT_TRUE(until([&] { return limits->client.ready(); }));
        return limits;
    }
    std::optional<int> take(RateLimiter& limiter, std::string caller = "user 42") {
        return run(io, limiter.take(std::move(caller)));
    }
    redis::Reply ask(Limits& limits, std::vector<std::string> words) {
        return run(io, limits.client.command(std::move(words), SteadyClock::now() + 5s));
    }
    /// Asks until the answer is counted in Redis; false when it never is.
    bool shares_again(Limits& limits) {
        const auto late = SteadyClock::now() + 10s;
        while (SteadyClock::now() < late) {
            take(limits.limiter);
            if (limits.client.ready() && ask(limits, {"EXISTS", bucket}) == redis::Reply(std::int64_t{1})) {
                return true;
            }
        }
        return false;
    }

    tandem::testing::RedisServer redis_server;
};

TEST_F(SharedLimitTest, IsOneForAllGateways) {
    const auto one = connected();
    const auto other = connected();
    EXPECT_EQ(take(one->shared), std::nullopt);
    EXPECT_EQ(take(other->shared), std::nullopt);
    EXPECT_EQ(take(one->shared), std::nullopt);
    EXPECT_EQ(take(one->shared), 1'000);
    EXPECT_EQ(take(other->shared), 1'000);
    EXPECT_EQ(take(other->shared, "user 43"), std::nullopt);
}

TEST_F(SharedLimitTest, GrantsAgainAsTimePasses) {
    const auto limits = connected({.per_s = 2, .burst = 1});
    EXPECT_EQ(take(limits->shared), std::nullopt);
    EXPECT_EQ(take(limits->shared), 1);
    const auto began = SteadyClock::now();
    while (take(limits->shared) && SteadyClock::now() - began < 5s) {
    }
    EXPECT_LT(SteadyClock::now() - began, 5s);
}

TEST_F(SharedLimitTest, ForgetsWhoHasTheirWholeBurstAgain) {
    const auto limits = connected();
    take(limits->shared);
    const auto left_ms = std::get<std::int64_t>(ask(*limits, {"PTTL", bucket}));
    EXPECT_GT(left_ms, 900'000);
    EXPECT_LE(left_ms, 1'000'000);
}

TEST_F(SharedLimitTest, SurvivesAClockThatWentBackAndAKeyThatIsNotOurs) {
    const auto limits = connected();
    ask(*limits, {"SET", bucket, "9000000000000000"});
    EXPECT_EQ(take(limits->shared), 1'000);
    ask(*limits, {"SET", bucket, "x"});
    EXPECT_EQ(take(limits->shared), std::nullopt);
}

TEST_F(SharedLimitTest, GoesOnWhenRedisHasForgottenTheScript) {
    const auto limits = connected();
    take(limits->shared);
    ask(*limits, {"SCRIPT", "FLUSH"});
    take(limits->shared);
    take(limits->shared);
    EXPECT_EQ(take(limits->shared), 1'000);
}

TEST_F(SharedLimitTest, IsCountedAloneWhileRedisIsDownAndTogetherWhenItIsBack) {
    const auto limits = connected();
    take(limits->limiter);
    redis_server.kill();
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(take(limits->limiter), std::nullopt);
    }
    EXPECT_EQ(take(limits->limiter), 1'000);
    redis_server.start();
    EXPECT_TRUE(shares_again(*limits));
}

TEST_F(SharedLimitTest, IsCountedAloneWhenTheServerRefuses) {
    const auto wrong = redis_server.url_with_password("wrong");
    Limits refused(io, tasks, wrong, three_at_once);
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(take(refused.limiter), std::nullopt);
    }
    EXPECT_EQ(take(refused.limiter), 1'000);

    const auto limits = connected();
    ask(*limits, {"LPUSH", bucket, "1"}); // the script fails on a list
    EXPECT_THROW(take(limits->shared), Unavailable);
    EXPECT_EQ(take(limits->limiter), std::nullopt);
}

TEST_F(SharedLimitTest, CostsOneRequestItsPatienceWhenRedisHangs) {
    const auto limits = connected();
    RedisRateLimiter hasty(limits->client, three_at_once, 20ms);
    LocalRateLimiter local({.per_s = 1'000, .burst = 1'000});
    FallbackRateLimiter limiter(hasty, local, {.pause = 1min});
    redis_server.pause();
    const auto began = SteadyClock::now();
    for (int i = 0; i < 100; ++i) {
        EXPECT_EQ(take(limiter), std::nullopt);
    }
    EXPECT_LT(SteadyClock::now() - began, 1s) << "and not a hundred times 20 ms";
    redis_server.resume();
    EXPECT_TRUE(shares_again(*limits));
}

/// As main.cpp puts it together.
class SharedLimits final : public RateLimiter {
public:
    explicit SharedLimits(std::unique_ptr<Limits> limits) : limits_(std::move(limits)) {}
    Task<std::optional<int>> take(std::string caller) override {
        return limits_->limiter.take(std::move(caller));
    }

private:
    std::unique_ptr<Limits> limits_;
};

TEST_F(SharedLimitTest, ClosesNoDoorWhenRedisDies) {
    limiter = std::make_unique<SharedLimits>(connected());
    open_door();
    EXPECT_EQ(get("/api/cart", token(42)).status, 200);
    EXPECT_EQ(get("/api/cart", token(42)).status, 200);
    redis_server.kill();
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(get("/api/cart", token(42)).status, 200);
    }
    const auto refused = get("/api/cart", token(42));
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.headers.get("Retry-After"), "1000");
}

} // namespace
} // namespace tandem::gateway
