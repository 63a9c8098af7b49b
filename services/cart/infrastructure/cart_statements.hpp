#pragma once

#include "libs/postgres/pool.hpp"
#include "services/cart/core/ports.hpp"

namespace tandem::cart {

/// The SQL of carts. `lock_carts` comes first in every unit that changes one.
postgres::Statement lock_carts(const std::vector<std::int64_t>& owners);
postgres::Statement read_items(UserId owner);
/// One row when the pieces were put in, none when the product is unknown or a limit forbids it.
postgres::Statement add_pieces(UserId owner, ProductId product, int quantity);
postgres::Statement product_is_known(ProductId product);
postgres::Statement keep_pieces(UserId owner, ItemId item, int quantity);
postgres::Statement remove_item(UserId owner, ItemId item);
postgres::Statement remove_items(UserId owner);
/// Each order once, in this call and ever.
postgres::Statement take_out_purchases(const std::vector<Purchase>& purchases);
postgres::Statement learn_products(const std::vector<ProductNews>& news);
/// Of these events, the ids of those that have not taken effect: neither received nor about an
/// order whose pieces are gone already.
postgres::Statement find_fresh(const std::vector<ShopEvent>& events);
/// Takes away up to `rows_max` of those older than a month. An order's pieces are asked for at once and
/// by events of the next minutes: a month is far beyond.
postgres::Statement forget_old_purchases(std::int64_t rows_max);

Cart read_cart(UserId owner, const postgres::Rows& rows);

} // namespace tandem::cart
