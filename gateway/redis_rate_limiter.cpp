#include "gateway/redis_rate_limiter.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace tandem::gateway {
namespace {

constexpr const char* key_prefix = "tandem:rate:";

// Microseconds, whole ones: so far from 1970 a double holds no thousandth of them. What is stored is
// never later than a full burst from now, even if the clock went back.
constexpr const char* take_one = R"(
local interval, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local paid_until = tonumber(redis.call('GET', KEYS[1]) or 0) or 0
paid_until = math.min(math.max(paid_until, now), now + interval * burst) + interval
local wait = paid_until - interval * burst - now
if wait > 0 then
    return math.ceil(wait / 1000000)
end
redis.call('SET', KEYS[1], string.format('%.0f', paid_until), 'PX', math.ceil((paid_until - now) / 1000))
return 0
)";

std::string whole(double number) {
    return std::to_string(std::max(1LL, std::llround(number)));
}

} // namespace

RedisRateLimiter::RedisRateLimiter(redis::Client& client, RateLimit limit, std::chrono::milliseconds patience)
    : client_(client), patience_(patience), script_(take_one),
      arguments_{whole(1'000'000 / limit.per_s), whole(limit.burst)} {
    assert(limit.per_s > 0);
}

Task<std::optional<int>> RedisRateLimiter::take(std::string caller) {
    caller.insert(0, key_prefix);
    const redis::Deadline deadline = std::chrono::steady_clock::now() + patience_;
    const redis::Reply reply = co_await client_.run(script_, std::move(caller), arguments_, deadline);
    const auto* const wait_s = std::get_if<std::int64_t>(&reply);
    if (wait_s == nullptr) {
        throw Unavailable("redis answered the rate script with no number");
    }
    co_return *wait_s > 0 ? std::optional(static_cast<int>(*wait_s)) : std::nullopt;
}

} // namespace tandem::gateway
