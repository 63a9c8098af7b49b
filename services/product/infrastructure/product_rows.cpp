#include "services/product/infrastructure/product_rows.hpp"

#include <fmt/format.h>
#include <utility>

namespace tandem::product {
namespace {

constexpr std::string_view columns = "id, name, description, price_cents, category_id, image_url, available,"
                                     " rating_sum, review_count, created_at, updated_at";

/// Counts apart from the page, so that a page beyond the end still knows the total. Filters on the
/// table and the view alike.
std::string search_sql(std::string_view order) {
    constexpr std::string_view filter = "($1::bigint IS NULL OR category_id = $1)"
                                        " AND ($2::text IS NULL OR name ILIKE $2 OR description ILIKE $2)";
    return fmt::format("SELECT total.count, {0} FROM"
                       " (SELECT count(*) FROM products WHERE deleted_at IS NULL AND {1}) AS total"
                       " LEFT JOIN LATERAL"
                       " (SELECT {0} FROM catalog WHERE {1} ORDER BY {2} LIMIT $3 OFFSET $4) AS page ON true"
                       " ORDER BY {2}",
                       columns,
                       filter,
                       order);
}

struct Search {
    std::string sql;
    postgres::Query query;

    Search(std::string_view name, std::string_view order) : sql(search_sql(order)), query{name, sql} {}
    Search(const Search&) = delete;
    Search& operator=(const Search&) = delete;
};

} // namespace

const postgres::Query& find_product() {
    static const std::string sql = fmt::format("SELECT {} FROM catalog WHERE id = $1", columns);
    static const postgres::Query query{"product.find", sql};
    return query;
}

const postgres::Query& find_products() {
    static const std::string sql =
        fmt::format("SELECT {} FROM catalog WHERE id = ANY($1::bigint[]) ORDER BY id", columns);
    static const postgres::Query query{"product.find_all", sql};
    return query;
}

const postgres::Query& search_products(ProductOrder order) {
    static const Search by_id("product.search", "id");
    static const Search by_name("product.search_by_name", "lower(name), id");
    static const Search by_price("product.search_by_price", "price_cents, id");
    static const Search by_price_descending("product.search_by_price_desc", "price_cents DESC, id DESC");
    static const Search by_age("product.search_by_age", "created_at DESC, id DESC");
    switch (order) {
    case ProductOrder::id:
        return by_id.query;
    case ProductOrder::name:
        return by_name.query;
    case ProductOrder::price:
        return by_price.query;
    case ProductOrder::price_descending:
        return by_price_descending.query;
    case ProductOrder::newest:
        return by_age.query;
    }
    std::unreachable();
}

Product read_product(postgres::Row row, int first_column) {
    const auto at = [first_column](int column) { return first_column + column; };
    Product product;
    product.id = ProductId(row.integer(at(0)));
    product.name = row.text(at(1));
    product.description = row.text(at(2));
    product.price = row.money(at(3));
    if (const auto category = row.optional_integer(at(4))) {
        product.category = CategoryId(*category);
    }
    product.image_url = row.optional_text(at(5));
    product.available = row.integer(at(6));
    product.rating_sum = row.integer(at(7));
    product.review_count = row.integer(at(8));
    product.created_at = row.timestamp(at(9));
    product.updated_at = row.timestamp(at(10));
    return product;
}

std::pair<ProductId, ShelfItem> read_shelf_item(postgres::Row row) {
    const Stock stock{.initial = row.integer(4),
                      .restocked = row.integer(5),
                      .available = row.integer(6),
                      .reserved = row.integer(7),
                      .sold = row.integer(8)};
    return {ProductId(row.integer(0)), {row.text(1), row.money(2), row.boolean(3), stock}};
}

std::string containing(std::string_view words) {
    std::string pattern = "%";
    for (const char letter : words) {
        if (letter == '\\' || letter == '%' || letter == '_') {
            pattern += '\\';
        }
        pattern += letter;
    }
    return pattern + "%";
}

} // namespace tandem::product
