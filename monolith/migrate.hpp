#pragma once

#include "libs/postgres/migrate.hpp"

#include <string>
#include <vector>

namespace tandem::monolith {

/// The tables of this program itself, in `public`.
const std::vector<postgres::Migration>& own_migrations();
/// Each domain's tables in its own schema, and then what joins them. Blocks and throws as
/// postgres::migrate does.
void migrate_domains(const std::string& url);
/// All of it.
void migrate_all(const std::string& url);

} // namespace tandem::monolith
