#include "lab/compare/referee.hpp"

#include "lab/compare/memory_watch.hpp"
#include "lab/compare/outside_world.hpp"
#include "lab/compare/progress.hpp"
#include "lab/compare/shoppers.hpp"
#include "lab/compare/wal.hpp"
#include "libs/async/sleep.hpp"

#include <algorithm>
#include <ctime>
#include <fmt/format.h>
#include <memory>

namespace tandem::lab {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr int products_most = 50;
constexpr double warm_up_rate = 5;
constexpr auto warm_up_length = 3s;
/// Customers' tokens are good for 15 min (ACCESS_TOKEN_TTL_MS).
constexpr auto tokens_hold = 14min;

struct Gauge {
    ByKind cpu_s;
    WalPositions wal;
    double generator_cpu_s = 0;
    Clock::time_point at;
};

Gauge read(const std::vector<SupervisedPart>& parts, const std::vector<std::string>& databases) {
    return {usage_of(parts).cpu_s,
            wal_positions(databases),
            static_cast<double>(std::clock()) / CLOCKS_PER_SEC,
            Clock::now()};
}

void note_usage(Run& run, const Gauge& before, const Gauge& after) {
    run.cpu_s = {after.cpu_s.shop - before.cpu_s.shop,
                 after.cpu_s.databases - before.cpu_s.databases,
                 after.cpu_s.broker - before.cpu_s.broker};
    run.wal_bytes = wal_bytes_between(before.wal, after.wal);
    run.generator_cpu_s = after.generator_cpu_s - before.generator_cpu_s;
    run.length_s = std::chrono::duration<double>(after.at - before.at).count();
}

/// One shop with its customers.
class Side {
public:
    Side(Executor executor, const Match& match, const Contestant& contestant)
        : executor_(executor), match_(match), contestant_(contestant),
          shop_(executor, contestant.door, patience_with_answers(match.profile)),
          shoppers_(executor, shop_, match.profile) {}

    Task<> prepare() {
        const int customers = customers_for(match_.profile);
        const int products = match_.profile.one_product ? 1 : products_most;
        fmt::print(stderr,
                   "  {:<14} preparing {} customers and {} product{} ...\n",
                   contestant_.architecture,
                   customers,
                   products,
                   products == 1 ? "" : "s");
        const std::string admin = co_await shop_.sign_in(match_.admin_email, match_.admin_password);
        co_await shoppers_.prepare(customers, products, admin);
        prepared_at_ = Clock::now();
    }

    Task<> warm_up() {
        fmt::print(stderr, "  {:<14} warming up ...\n", contestant_.architecture);
        Sessions ignored;
        const Profile& profile = match_.profile;
        const double rate = profile.at_once ? 1 : std::min(warm_up_rate, profile.rates.front());
        co_await shoppers_.play(Clock::now(), arrivals(profile, rate, warm_up_length), ignored);
    }

    Task<> refresh() {
        const auto run = match_.profile.length + patience_with_mails(match_.profile);
        if (Clock::now() + run > prepared_at_ + tokens_hold) {
            co_await prepare();
        }
    }

    Task<Run> play(OutsideWorld& world, Load load) {
        const Profile& profile = match_.profile;
        Run run{.architecture = contestant_.architecture, .load = load};
        const auto parts = parts_of(match_.parts, contestant_.architecture);
        const std::string title = fmt::format("{:<14} {}", run.architecture, load_text(profile, load));
        MemoryWatch memory(parts);
        const Gauge before = read(parts, contestant_.database_urls);
        Progress progress(executor_, title, run.sessions, profile.length);
        const auto begin = Clock::now();
        async::TaskGroup outage(executor_);
        if (profile.outage != Outage::none) {
            outage.spawn("outage", hold_outage(world, begin, run));
        }
        co_await shoppers_.play(begin, arrivals(profile, load.rate, profile.length), run.sessions);
        co_await outage.join();
        co_await progress.finish();
        const Gauge after = read(parts, contestant_.database_urls);
        run.memory_peak_mib = memory.peak();
        note_usage(run, before, after);
        if (profile.outage != Outage::none && !run.outage) {
            throw std::runtime_error("the outage did not come about; the log above tells why");
        }
        co_return run;
    }

private:
    Task<> hold_outage(OutsideWorld& world, Clock::time_point begin, Run& run) {
        const auto since_begin = [begin] {
            return std::chrono::duration<double>(Clock::now() - begin).count();
        };
        const auto length = outage_length(match_.profile);
        co_await async::sleep_for(begin + length - Clock::now());
        co_await world.take_away(match_.profile.outage);
        OutageWindow window{.begin_s = since_begin()};
        co_await async::sleep_for(length);
        co_await world.give_back(match_.profile.outage);
        window.end_s = since_begin();
        run.outage = window;
    }

    Executor executor_;
    const Match& match_;
    const Contestant& contestant_;
    ShopClient shop_;
    Shoppers shoppers_;
    Clock::time_point prepared_at_;
};

} // namespace

Task<> compare(Executor executor, const Match& match, std::vector<Run>& runs) {
    OutsideWorld world(executor, match.provider, match.tandem);
    co_await world.payments_take(match.profile.payment_delays_ms.front());
    std::vector<std::unique_ptr<Side>> sides;
    for (const Contestant& contestant : match.contestants) {
        sides.push_back(std::make_unique<Side>(executor, match, contestant));
        co_await sides.back()->prepare();
        co_await sides.back()->warm_up();
    }
    for (const Load& load : loads_of(match.profile)) {
        co_await world.payments_take(load.payment_delay_ms);
        for (const auto& side : sides) {
            co_await side->refresh();
            auto run = co_await side->play(world, load);
            runs.push_back(std::move(run));
        }
    }
}

} // namespace tandem::lab
