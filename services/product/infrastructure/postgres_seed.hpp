#pragma once

#include "libs/postgres/pool.hpp"
#include "services/product/core/first_catalog.hpp"

#include <functional>

namespace tandem::product {

/// Fills an empty catalog, once, and announces every product. Does nothing when there has ever
/// been a product. Instances that start together do not race. `stored` as in PostgresCatalog.
Task<> seed_catalog(postgres::Pool& pool, const FirstCatalog& catalog, std::function<void()> stored);

} // namespace tandem::product
