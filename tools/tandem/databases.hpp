#pragma once

#include "tools/tandem/shop.hpp"

#include <string>

namespace tandem::local {

/// Makes the data directory of one service's PostgreSQL with its user and database, unless it is
/// there. All or nothing: stopped half way, it begins again. About 3 s. Throws Problem.
void create_database(const Shop& shop, const std::string& service);

} // namespace tandem::local
