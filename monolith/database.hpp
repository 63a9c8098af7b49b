#pragma once

#include "libs/runtime/migrated_database.hpp"
#include "monolith/config.hpp"

namespace tandem::monolith {

/// The one database: a schema for each domain, made by that domain's own migrations and used by its
/// own repositories through a pool whose search_path is that schema; and `public` for what joins
/// them. So each domain's SQL works unchanged, and a transaction can still span them all.
class Database {
public:
    Database(runtime::Service& service, const Config& config);

    runtime::MigratedDatabase& root() { return root_; } ///< when_migrated, start_when_migrated
    postgres::Pool& joint() { return root_.pool(); }
    postgres::Pool users;
    postgres::Pool catalog;
    postgres::Pool carts;
    postgres::Pool orders;
    postgres::Pool payments;
    /// As many connections as checkouts may be in progress, with the patience of a checkout.
    postgres::Pool checkouts;

    /// Begins, and adds the stop step that closes the pools: call it last.
    void start();

private:
    std::vector<postgres::Pool*> all();
    Task<> connect();
    Task<> close(postgres::Deadline deadline);

    runtime::Service& service_;
    runtime::MigratedDatabase root_;
};

} // namespace tandem::monolith
