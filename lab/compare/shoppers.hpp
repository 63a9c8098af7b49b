#pragma once

#include "lab/compare/findings.hpp"
#include "lab/load_generator/shop_client.hpp"
#include "libs/async/task_group.hpp"

#include <chrono>
#include <deque>
#include <string>
#include <vector>

namespace tandem::lab {

/// When each session is due, whatever the shop does: `rate` a second for `length`, or all of `rate` at
/// once.
std::vector<std::chrono::nanoseconds>
arrivals(const Profile& profile, double rate, std::chrono::seconds length);

/// Customers of one shop who play whole sessions: browse, cart, checkout, follow the order until it is
/// paid and its mail recorded. One customer plays one session at a time; when none is free, a session
/// that is due counts as an error instead of waiting, as it would no longer be an open loop. Use on
/// the event loop's thread; outlives `play`.
class Shoppers {
public:
    using Clock = std::chrono::steady_clock;

    Shoppers(Executor executor, ShopClient& shop, const Profile& profile)
        : tasks_(executor), shop_(shop), profile_(profile) {}

    /// Registers customers and creates the products that they buy; those of an earlier call, whose tokens may
    /// be about to expire, are forgotten.
    Task<> prepare(int customers, int products, std::string admin_token);

    /// `due` counts from `begin`. Resumes when every session has come to its end.
    Task<> play(Clock::time_point begin, std::vector<std::chrono::nanoseconds> due, Sessions& sessions);

private:
    struct Session {
        std::string token;
        std::int64_t product_id = 0;
        Clock::time_point begin; ///< of the whole run
        Clock::time_point due;
        std::size_t visit = 0; ///< its place in Sessions::visits
    };

    Task<> shop_once(Session session, Sessions& sessions);
    Task<> buy(Session session, Sessions& sessions);
    Task<> follow(Session session, ShopClient::Checkout order, Sessions& sessions);
    Task<> wait_for_mail(Session session, std::int64_t order_id, Sessions& sessions);
    Task<> add_customers(int count);

    async::TaskGroup tasks_;
    ShopClient& shop_;
    const Profile& profile_;
    std::deque<std::string> free_; ///< tokens of customers who do nothing; longest idle first
    std::vector<std::int64_t> products_;
};

} // namespace tandem::lab
