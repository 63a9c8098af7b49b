#include "lab/compare/referee.hpp"

#include "lab/compare/memory_watch.hpp"
#include "lab/compare/shoppers.hpp"
#include "lab/compare/wal.hpp"

#include <algorithm>
#include <ctime>
#include <fmt/format.h>

namespace tandem::lab {
namespace {

using namespace std::chrono_literals;

constexpr int customers_least = 20;
constexpr int customers_most = 250;
constexpr int products_most = 50;
/// A session of the slowest profile takes three seconds; who needs longer than this much is behind.
constexpr double seconds_a_customer = 8;
constexpr double warm_up_rate = 5;
constexpr auto warm_up_length = 3s;

struct Gauge {
    ByKind cpu_s;
    WalPositions wal;
    double generator_cpu_s = 0;
    std::chrono::steady_clock::time_point at;
};

Gauge read(const std::vector<SupervisedPart>& parts, const std::vector<std::string>& databases) {
    return {usage_of(parts).cpu_s,
            wal_positions(databases),
            static_cast<double>(std::clock()) / CLOCKS_PER_SEC,
            std::chrono::steady_clock::now()};
}

void note_usage(Run& run, const Gauge& before, const Gauge& after) {
    run.cpu_s = {after.cpu_s.shop - before.cpu_s.shop,
                 after.cpu_s.databases - before.cpu_s.databases,
                 after.cpu_s.broker - before.cpu_s.broker};
    run.wal_bytes = wal_bytes_between(before.wal, after.wal);
    run.generator_cpu_s = after.generator_cpu_s - before.generator_cpu_s;
    run.length_s = std::chrono::duration<double>(after.at - before.at).count();
}

int customers_for(const Match& match) {
    const double rate = *std::ranges::max_element(match.rates);
    const double wanted = match.profile.at_once ? rate : rate * seconds_a_customer;
    return static_cast<int>(std::clamp<double>(wanted, customers_least, customers_most));
}

Task<Run> run_once(const Match& match, const Contestant& shop, Shoppers& shoppers, double rate) {
    fmt::print(stderr, "  {:<14} {} ...\n", shop.architecture, load_text(match.profile, rate));
    Run run{.architecture = shop.architecture, .rate = rate};
    const auto parts = parts_of(match.parts, shop.architecture);
    MemoryWatch memory(parts);
    const Gauge before = read(parts, shop.database_urls);
    co_await shoppers.play(arrivals(match.profile, rate, match.length), run.sessions);
    const Gauge after = read(parts, shop.database_urls);
    run.memory_peak_mib = memory.peak();
    note_usage(run, before, after);
    fmt::print(stderr,
               "  {:<14} {} of {} orders confirmed in {:.1f} s\n",
               "",
               run.sessions.confirmed,
               run.sessions.sent,
               run.length_s);
    co_return run;
}

Task<>
play_against(Executor executor, const Match& match, const Contestant& contestant, std::vector<Run>& runs) {
    ShopClient shop(executor, contestant.door);
    const int customers = customers_for(match);
    const int products = match.profile.one_product ? 1 : products_most;
    fmt::print(stderr,
               "  {:<14} preparing {} customers and {} product{} ...\n",
               contestant.architecture,
               customers,
               products,
               products == 1 ? "" : "s");
    Shoppers shoppers(executor, shop, match.profile);
    const std::string admin = co_await shop.sign_in(match.admin_email, match.admin_password);
    co_await shoppers.prepare(customers, products, admin);
    fmt::print(stderr, "  {:<14} warming up ...\n", contestant.architecture);
    Sessions ignored;
    const double rate = match.profile.at_once ? 1 : std::min(warm_up_rate, match.rates.front());
    co_await shoppers.play(arrivals(match.profile, rate, warm_up_length), ignored);
    for (const double each : match.rates) {
        auto run = co_await run_once(match, contestant, shoppers, each);
        runs.push_back(std::move(run));
    }
}

} // namespace

Task<std::string> set_behaviour(Executor executor, http::Endpoint provider, std::string behaviour) {
    http::Client client(executor, {});
    http::Request question;
    question.path = "/v1/behaviour";
    const http::Response before = co_await client.send(provider, std::move(question));
    http::Request change;
    change.method = http::Method::put;
    change.path = "/v1/behaviour";
    change.headers.set("Content-Type", "application/json");
    change.body = std::move(behaviour);
    const http::Response after = co_await client.send(provider, std::move(change));
    if (before.status != 200 || after.status != 200) {
        throw std::runtime_error("the payment provider refuses to change its behaviour: " + after.body);
    }
    co_return before.body;
}

Task<std::vector<Run>> compare(Executor executor, Match match) {
    std::vector<Run> runs;
    for (const Contestant& contestant : match.contestants) {
        co_await play_against(executor, match, contestant, runs);
    }
    co_return runs;
}

} // namespace tandem::lab
