#include "libs/runtime/migrated_database.hpp"

#include "libs/async/blocking_pool.hpp"
#include "libs/async/keep_going.hpp"
#include "libs/telemetry/log.hpp"

#include <utility>

namespace tandem::runtime {
namespace {

using namespace std::chrono_literals;

constexpr async::Rests rests{.first = 100ms, .longest = 5s};
constexpr std::chrono::seconds connect_within = 10s;

struct NamedStep {
    std::string name;
    MigratedDatabase::Step run;
};

Task<bool> take(const NamedStep& step) {
    co_await step.run();
    co_return false;
}

Task<> run_until_it_succeeds(const NamedStep& step) {
    async::Turn attempt = [&step] { return take(step); };
    co_await async::keep_going("database: " + step.name, std::move(attempt), rests);
}

Task<> act(std::function<void()> action) {
    action();
    co_return;
}

} // namespace

struct MigratedDatabase::State {
    State(Service& owner, postgres::PoolOptions options, const std::vector<postgres::Migration>& all)
        : service(owner), url(options.url), migrations(all), pool(owner.executor(), std::move(options)) {}

    Task<> migrate() {
        auto work = [where = url, all = migrations] {
            postgres::migrate(where, all);
            return true;
        };
        async::BlockingPool threads(service.executor(), "migrate", 1, 1);
        co_await threads.run(std::move(work));
    }

    Task<> connect() {
        pool.start();
        const auto deadline = std::chrono::steady_clock::now() + connect_within;
        co_await pool.wait_ready(deadline);
    }

    static Task<> bring_up(std::shared_ptr<State> state) {
        const auto begin = std::chrono::steady_clock::now();
        for (const NamedStep& step : state->steps) {
            co_await run_until_it_succeeds(step);
        }
        state->complete = true;
        const auto took = std::chrono::steady_clock::now() - begin;
        telemetry::log_info(
            "database is ready",
            {{"took_ms", std::chrono::duration_cast<std::chrono::milliseconds>(took).count()}});
    }

    Service& service;
    std::string url;
    std::vector<postgres::Migration> migrations;
    postgres::Pool pool;
    std::vector<NamedStep> steps;
    bool complete = false;
};

MigratedDatabase::MigratedDatabase(Service& service,
                                   postgres::PoolOptions options,
                                   const std::vector<postgres::Migration>& migrations)
    : state_(std::make_shared<State>(service, std::move(options), migrations)) {
    State& state = *state_;
    when_migrated("migrations", [&state] { return state.migrate(); });
    when_migrated("connect", [&state] { return state.connect(); });
    service.add_check("database", [&state] { return state.complete && state.pool.ready(); });
}

MigratedDatabase::~MigratedDatabase() = default;

postgres::Pool& MigratedDatabase::pool() {
    return state_->pool;
}

void MigratedDatabase::when_migrated(std::string name, Step step) {
    state_->steps.push_back({std::move(name), std::move(step)});
}

void MigratedDatabase::start_when_migrated(std::string name, std::function<void()> action) {
    when_migrated(std::move(name), [action = std::move(action)] { return act(action); });
}

void MigratedDatabase::start() {
    State& state = *state_;
    state.service.tasks().spawn("database", State::bring_up(state_));
    state.service.on_stop("database", [&state](auto deadline) { return state.pool.close(deadline); });
}

bool MigratedDatabase::ready() const {
    return state_->complete && state_->pool.ready();
}

} // namespace tandem::runtime
