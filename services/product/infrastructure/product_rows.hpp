#pragma once

#include "libs/postgres/pool.hpp"
#include "services/product/core/catalog_repository.hpp"
#include "services/product/domain/stock_ledger.hpp"

namespace tandem::product {

/// The statements that read whole products, all with the same columns: `read_product` knows them.
const postgres::Query& find_product();  ///< $1 = id
const postgres::Query& find_products(); ///< $1 = array of ids

/// $1 = category or NULL, $2 = ILIKE pattern or NULL, $3 = limit, $4 = offset. Column 0 is the
/// number of all matches; a product follows from column 1, NULL on the only row of an empty page.
const postgres::Query& search_products(ProductOrder order);

Product read_product(postgres::Row row, int first_column = 0);

/// A product as the rules of reservation see it, from the columns product_id, name, price_cents, on sale,
/// initial, restocked, available, reserved, sold.
std::pair<ProductId, ShelfItem> read_shelf_item(postgres::Row row);

/// The ILIKE pattern of a text that holds `words`, taken literally.
std::string containing(std::string_view words);

} // namespace tandem::product
