#pragma once

#include "libs/kernel/task.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tandem::postgres {

/// One step of a schema: `name` ("001_orders") orders and identifies it, `sql` may hold several
/// statements. Written once, never edited: the next change is the next file.
///
/// Each service lists its files with `tandem_migrations(order_migrations NAMESPACE order FILES
/// ...)` in CMake, which generates `const std::vector<postgres::Migration>&
/// tandem::order::migrations()`.
struct Migration {
    std::string_view name;
    std::string_view sql;
};

/// Applies what is missing, in order, each in a transaction of its own, under an advisory lock so
/// that instances that start together do not race; records name and SHA-256 in `schema_migrations`.
/// Blocks: call before the event loop runs or on a BlockingPool. Throws Unavailable when the server
/// cannot be reached, std::runtime_error when a step fails or an applied step's text has changed.
/// With a `schema` (a plain identifier) that is made first, and everything happens in it, so that
/// several services' tables can live in one database.
void migrate(const std::string& url,
             const std::vector<Migration>& migrations,
             const std::string& schema = "");

} // namespace tandem::postgres
