#pragma once

#include "libs/postgres/pool.hpp"

namespace tandem::product {

/// Forgets, once an hour, the ids of events too old to come again. Runs until it is cancelled.
Task<> keep_inbox_small(postgres::Pool& pool);

} // namespace tandem::product
