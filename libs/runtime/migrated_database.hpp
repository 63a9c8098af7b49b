#pragma once

#include "libs/postgres/migrate.hpp"
#include "libs/postgres/pool.hpp"
#include "libs/runtime/service.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace tandem::runtime {

/// A service's database that may come later than the service. The process listens at once and says
/// "database down" on /health/ready; in the background the schema is migrated as soon as the server
/// can be reached (tried again after 100 ms, doubling to 5 s), then the pool connects, then the
/// steps run, then the check is up. main.cpp (target tandem_runtime_database):
///
///     runtime::MigratedDatabase database(service, {.url = config.database_url}, order::migrations());
///     PostgresOrders orders(database.pool());
///     messaging::OutboxRelay relay(service.executor(), database.pool(), publisher);
///     database.when_migrated("seed", [&] { return seed.run(); });
///     database.start_when_migrated("relay", [&] { relay.start(); });
///     service.on_stop("relay", [&](auto deadline) { return relay.stop(deadline); });
///     database.start();
///     return service.run();
class MigratedDatabase {
public:
    using Step = std::function<Task<>()>;

    /// Adds the check "database". Nothing is contacted yet.
    MigratedDatabase(Service& service,
                     postgres::PoolOptions options,
                     const std::vector<postgres::Migration>& migrations);
    ~MigratedDatabase();

    postgres::Pool& pool();

    /// What needs the tables: seeds, relays, consumers. Steps run in the order given, once; one that
    /// throws is run again with the same backoff, so it must be idempotent. What it refers to must
    /// outlive `Service::run`. Call before `start`.
    void when_migrated(std::string name, Step step);
    /// The same for an action that does not wait.
    void start_when_migrated(std::string name, std::function<void()> action);

    /// Begins, and adds the stop step that closes the pool: call it last, after every other on_stop.
    void start();

    /// Migrated, every step done, and the pool has a connection.
    bool ready() const;

private:
    struct State;
    std::shared_ptr<State> state_;
};

} // namespace tandem::runtime
