#include "monolith/database.hpp"

#include "libs/async/blocking_pool.hpp"
#include "monolith/migrate.hpp"

namespace tandem::monolith {
namespace {

using namespace std::chrono_literals;

constexpr auto connect_within = 10s;

postgres::PoolOptions domain_pool(const Config& config, std::string search_path) {
    return {.url = config.database_url,
            .search_path = std::move(search_path),
            .group_connections = 2,
            .transaction_connections = 2};
}

// Whoever changes stock waits for the checkouts that have locked it.
postgres::PoolOptions catalog_pool(const Config& config) {
    postgres::PoolOptions options = domain_pool(config, "catalog");
    options.statement_timeout = config.checkout_timeout;
    return options;
}

// A checkout's transaction waits for others that have locked the same product, and for the outside world.
postgres::PoolOptions checkout_pool(const Config& config) {
    postgres::PoolOptions options = domain_pool(config, "carts,orders");
    options.transaction_connections = static_cast<int>(config.checkouts_max);
    options.statement_timeout = config.checkout_timeout;
    options.idle_transaction_timeout = config.checkout_timeout;
    return options;
}

Task<> migrate_in_background(Executor executor, std::string url) {
    async::BlockingPool threads(executor, "migrate", 1, 1);
    auto work = [url = std::move(url)] {
        migrate_domains(url);
        return true;
    };
    co_await threads.run(std::move(work));
}

} // namespace

Database::Database(runtime::Service& service, const Config& config)
    : users(service.executor(), domain_pool(config, "users")),
      catalog(service.executor(), catalog_pool(config)),
      carts(service.executor(), domain_pool(config, "carts")),
      orders(service.executor(), domain_pool(config, "orders")),
      payments(service.executor(), domain_pool(config, "payments")),
      checkouts(service.executor(), checkout_pool(config)), service_(service),
      root_(service, domain_pool(config, "public"), own_migrations()) {
    root_.when_migrated("domains", [executor = service.executor(), url = config.database_url] {
        return migrate_in_background(executor, url);
    });
    root_.when_migrated("pools", [this] { return connect(); });
}

void Database::start() {
    service_.on_stop("pools", [this](auto deadline) { return close(deadline); });
    root_.start();
}

std::vector<postgres::Pool*> Database::all() {
    return {&users, &catalog, &carts, &orders, &payments, &checkouts};
}

Task<> Database::connect() {
    for (postgres::Pool* pool : all()) {
        pool->start();
    }
    const auto deadline = std::chrono::steady_clock::now() + connect_within;
    for (postgres::Pool* pool : all()) {
        co_await pool->wait_ready(deadline);
    }
}

Task<> Database::close(postgres::Deadline deadline) {
    for (postgres::Pool* pool : all()) {
        co_await pool->close(deadline);
    }
}

} // namespace tandem::monolith
