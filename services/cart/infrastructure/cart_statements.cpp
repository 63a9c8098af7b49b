#include "services/cart/infrastructure/cart_statements.hpp"

#include <set>

namespace tandem::cart {
namespace {

using postgres::Params;
using postgres::Query;
using postgres::Statement;

constexpr Query lock_carts_query{
    "cart.lock",
    "INSERT INTO carts (user_id) SELECT DISTINCT owner FROM unnest($1::bigint[]) AS owner ORDER BY owner"
    " ON CONFLICT (user_id) DO UPDATE SET changed_at = now()"};
constexpr Query read_items_query{
    "cart.read",
    "SELECT i.id, i.product_id, p.name, p.image_url, p.price_cents, i.price_snapshot_cents, i.quantity"
    " FROM cart_items i JOIN products p ON p.product_id = i.product_id"
    " WHERE i.user_id = $1 ORDER BY i.id"};
constexpr Query add_pieces_query{
    "cart.add",
    "INSERT INTO cart_items (user_id, product_id, quantity, price_snapshot_cents)"
    " SELECT $1::bigint, p.product_id, $3::integer, p.price_cents FROM products p"
    " WHERE p.product_id = $2 AND NOT p.deleted"
    " AND (EXISTS (SELECT FROM cart_items WHERE user_id = $1 AND product_id = $2)"
    " OR (SELECT count(*) FROM cart_items WHERE user_id = $1) < $4)"
    " ON CONFLICT (user_id, product_id) DO UPDATE"
    " SET quantity = cart_items.quantity + excluded.quantity,"
    " price_snapshot_cents = excluded.price_snapshot_cents"
    " WHERE cart_items.quantity + excluded.quantity <= $5"
    " RETURNING id"};
constexpr Query product_is_known_query{
    "product.known", "SELECT EXISTS (SELECT FROM products WHERE product_id = $1 AND NOT deleted)"};
constexpr Query keep_pieces_query{
    "cart.keep",
    "UPDATE cart_items i SET quantity = $3::integer, price_snapshot_cents = p.price_cents"
    " FROM products p WHERE p.product_id = i.product_id AND i.user_id = $1 AND i.id = $2"};
constexpr Query remove_item_query{"cart.remove", "DELETE FROM cart_items WHERE user_id = $1 AND id = $2"};
constexpr Query remove_items_query{"cart.clear", "DELETE FROM cart_items WHERE user_id = $1"};
constexpr Query take_out_query{
    "cart.take_out",
    "WITH fresh AS (INSERT INTO purchases (order_id, user_id)"
    " SELECT * FROM unnest($1::bigint[], $2::bigint[])"
    " ON CONFLICT (order_id) DO NOTHING RETURNING order_id, user_id),"
    " bought AS (SELECT f.user_id, l.product_id, sum(l.quantity) AS quantity"
    " FROM unnest($3::bigint[], $4::bigint[], $5::bigint[]) AS l(order_id, product_id, quantity)"
    " JOIN fresh f ON f.order_id = l.order_id GROUP BY f.user_id, l.product_id),"
    " removed AS (DELETE FROM cart_items i USING bought b"
    " WHERE i.user_id = b.user_id AND i.product_id = b.product_id AND i.quantity <= b.quantity)"
    " UPDATE cart_items i SET quantity = i.quantity - b.quantity FROM bought b"
    " WHERE i.user_id = b.user_id AND i.product_id = b.product_id AND i.quantity > b.quantity"};
constexpr Query learn_products_query{
    "product.learn",
    "INSERT INTO products (product_id, name, image_url, price_cents, deleted, changed_at)"
    " SELECT DISTINCT ON (id) id, name, nullif(image_url, ''), price_cents, deleted <> 0, changed_at"
    " FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::timestamptz[])"
    " AS news(id, name, image_url, price_cents, deleted, changed_at) ORDER BY id, changed_at DESC"
    " ON CONFLICT (product_id) DO UPDATE SET name = excluded.name, image_url = excluded.image_url,"
    " price_cents = excluded.price_cents, deleted = excluded.deleted, changed_at = excluded.changed_at"
    " WHERE products.changed_at < excluded.changed_at"};
constexpr Query find_fresh_query{
    "event.fresh",
    "SELECT e.event_id::text FROM unnest($1::uuid[], $2::bigint[]) AS e(event_id, order_id)"
    " WHERE NOT EXISTS (SELECT FROM inbox i WHERE i.event_id = e.event_id)"
    " AND NOT EXISTS (SELECT FROM purchases p WHERE p.order_id = e.order_id)"};
constexpr Query forget_purchases_query{
    "purchase.forget",
    "DELETE FROM purchases WHERE order_id = ANY (ARRAY("
    "SELECT order_id FROM purchases WHERE taken_at < now() - interval '30 days'"
    " ORDER BY taken_at LIMIT $1::bigint FOR UPDATE SKIP LOCKED))"};

} // namespace

Statement lock_carts(const std::vector<std::int64_t>& owners) {
    return {lock_carts_query, Params(owners)};
}

Statement read_items(UserId owner) {
    return {read_items_query, Params(owner)};
}

Statement add_pieces(UserId owner, ProductId product, int quantity) {
    return {add_pieces_query,
            Params(owner, product, quantity, static_cast<std::int64_t>(Cart::lines_max), Cart::quantity_max)};
}

Statement product_is_known(ProductId product) {
    return {product_is_known_query, Params(product)};
}

Statement keep_pieces(UserId owner, ItemId item, int quantity) {
    return {keep_pieces_query, Params(owner, item, quantity)};
}

Statement remove_item(UserId owner, ItemId item) {
    return {remove_item_query, Params(owner, item)};
}

Statement remove_items(UserId owner) {
    return {remove_items_query, Params(owner)};
}

Statement take_out_purchases(const std::vector<Purchase>& purchases) {
    std::set<OrderId> seen;
    std::vector<std::int64_t> orders, buyers, line_orders, line_products, line_quantities;
    for (const Purchase& purchase : purchases) {
        if (!seen.insert(purchase.order).second) {
            continue;
        }
        orders.push_back(purchase.order.value());
        buyers.push_back(purchase.buyer.value());
        for (const PurchasedLine& line : purchase.lines) {
            line_orders.push_back(purchase.order.value());
            line_products.push_back(line.product.value());
            line_quantities.push_back(line.quantity);
        }
    }
    return {take_out_query, Params(orders, buyers, line_orders, line_products, line_quantities)};
}

Statement learn_products(const std::vector<ProductNews>& news) {
    std::vector<std::int64_t> ids, prices, deleted;
    std::vector<std::string> names, images, moments;
    for (const ProductNews& each : news) {
        ids.push_back(each.product.id.value());
        names.push_back(each.product.name);
        images.push_back(each.product.image_url.value_or(""));
        prices.push_back(each.product.price.cents());
        deleted.push_back(each.deleted ? 1 : 0);
        moments.push_back(to_rfc3339(each.changed_at));
    }
    return {learn_products_query, Params(ids, names, images, prices, deleted, moments)};
}

Statement find_fresh(const std::vector<ShopEvent>& events) {
    std::vector<std::string> ids;
    std::vector<std::int64_t> orders; // 0, which no order has, for events about products
    for (const ShopEvent& event : events) {
        const auto* purchase = std::get_if<Purchase>(&event.what);
        ids.push_back(event.event_id);
        orders.push_back(purchase == nullptr ? 0 : purchase->order.value());
    }
    return {find_fresh_query, Params(ids, orders)};
}

Statement forget_old_purchases(std::int64_t rows_max) {
    return {forget_purchases_query, Params(rows_max)};
}

Cart read_cart(UserId owner, const postgres::Rows& rows) {
    std::vector<CartItem> items;
    items.reserve(static_cast<std::size_t>(rows.size()));
    for (const postgres::Row row : rows) {
        Product product{ProductId(row.integer(1)), row.text(2), row.optional_text(3), row.money(4)};
        items.push_back(
            {ItemId(row.integer(0)), std::move(product), row.money(5), static_cast<int>(row.integer(6))});
    }
    return {owner, std::move(items)};
}

} // namespace tandem::cart
