#include "services/product/infrastructure/postgres_catalog.hpp"

#include "libs/messaging/outbox.hpp"
#include "services/product/infrastructure/events.hpp"
#include "services/product/infrastructure/product_rows.hpp"

#include <utility>

namespace tandem::product {
namespace {

using postgres::Params;
using postgres::Query;
using postgres::Statement;

constexpr std::string_view foreign_key_violation = "23503";

constexpr Query list_categories{
    "category.list", "SELECT id, name, description FROM categories ORDER BY lower(name) LIMIT 1000"};
constexpr Query insert_category{"category.insert",
                                "INSERT INTO categories (name, description) VALUES ($1, $2)"
                                " ON CONFLICT (lower(name)) DO NOTHING RETURNING id"};
constexpr Query insert_product{"product.insert",
                               "INSERT INTO products (name, description, price_cents, category_id, image_url)"
                               " VALUES ($1, $2, $3, $4, $5) RETURNING id, created_at"};
constexpr Query insert_stock{"stock.insert",
                             "INSERT INTO stock (product_id, initial, available) VALUES ($1, $2, $2)"};
// updated_at orders the announcements of a product, so it is taken after the wait for the row, not at the
// start of the transaction, and never twice the same.
constexpr Query update_product{
    "product.update",
    "UPDATE products SET name = coalesce($2, name), description = coalesce($3, description),"
    " price_cents = coalesce($4, price_cents),"
    " category_id = CASE WHEN $5::boolean THEN $6::bigint ELSE category_id END,"
    " image_url = CASE WHEN $7::boolean THEN $8::text ELSE image_url END,"
    " updated_at = greatest(clock_timestamp(), updated_at + interval '1 microsecond')"
    " WHERE id = $1 AND deleted_at IS NULL"};
constexpr Query set_stock{"stock.set",
                          "UPDATE stock SET restocked = restocked + ($2 - available), available = $2"
                          " WHERE product_id = $1"};
constexpr Query touch_product{"product.touch",
                              "UPDATE products SET updated_at ="
                              " greatest(clock_timestamp(), updated_at + interval '1 microsecond')"
                              " WHERE id = $1 AND deleted_at IS NULL"};
constexpr Query move_stock{"stock.move",
                           "UPDATE stock SET restocked = restocked + $2, available = available + $2"
                           " WHERE product_id = $1 AND available + $2 BETWEEN 0 AND $3"};
constexpr Query delete_product{"product.delete",
                               "UPDATE products SET deleted_at = now(), updated_at ="
                               " greatest(clock_timestamp(), updated_at + interval '1 microsecond')"
                               " WHERE id = $1 AND deleted_at IS NULL RETURNING updated_at"};

Product as_stored(NewProduct product, ProductId id, Timestamp created_at) {
    Product stored;
    stored.id = id;
    stored.name = std::move(product.name);
    stored.description = std::move(product.description);
    stored.price = product.price;
    stored.category = product.category;
    stored.image_url = std::move(product.image_url);
    stored.available = product.stock;
    stored.created_at = created_at;
    stored.updated_at = created_at;
    return stored;
}

} // namespace

PostgresCatalog::PostgresCatalog(postgres::Pool& pool, std::function<void()> stored)
    : pool_(pool), stored_(std::move(stored)) {}

Task<Page<Product>> PostgresCatalog::search(ProductSearch search, Deadline deadline) {
    std::optional<std::string> pattern;
    if (!search.words.empty()) {
        pattern = containing(search.words);
    }
    Params params(search.category, pattern, search.limit, search.skip);
    const auto rows = co_await pool_.query(search_products(search.order), std::move(params), deadline);
    Page<Product> page;
    for (const postgres::Row row : rows) {
        page.total = row.integer(0);
        if (!row.is_null(1)) {
            page.items.push_back(read_product(row, 1));
        }
    }
    co_return page;
}

Task<std::vector<Product>> PostgresCatalog::find_all(std::vector<ProductId> ids, Deadline deadline) {
    std::vector<std::int64_t> numbers;
    for (const ProductId id : ids) {
        numbers.push_back(id.value());
    }
    const auto rows = co_await pool_.query(find_products(), Params(numbers), deadline);
    std::vector<Product> products;
    for (const postgres::Row row : rows) {
        products.push_back(read_product(row));
    }
    co_return products;
}

Task<std::optional<Product>> PostgresCatalog::find(ProductId id, Deadline deadline) {
    const auto rows = co_await pool_.query(find_product(), Params(id), deadline);
    std::optional<Product> product;
    if (!rows.empty()) {
        product = read_product(rows[0]);
    }
    co_return product;
}

Task<std::vector<Category>> PostgresCatalog::categories(Deadline deadline) {
    const auto rows = co_await pool_.query(list_categories, Params(), deadline);
    std::vector<Category> categories;
    for (const postgres::Row row : rows) {
        categories.push_back({CategoryId(row.integer(0)), row.text(1), row.text(2)});
    }
    co_return categories;
}

Task<Stored<Product>> PostgresCatalog::add(NewProduct product, Context context, Deadline deadline) {
    Params fields(product.name, product.description, product.price, product.category, product.image_url);
    postgres::Transaction transaction = co_await pool_.begin(deadline);
    try {
        const auto rows = co_await transaction.query(insert_product, std::move(fields));
        Product stored = as_stored(std::move(product), ProductId(rows[0].integer(0)), rows[0].timestamp(1));
        std::vector<Statement> rest;
        rest.push_back({insert_stock, Params(stored.id, stored.available)});
        rest.push_back(
            messaging::store_events({product_changed(stored, Presence::in_catalog, std::move(context))}));
        co_await transaction.execute(std::move(rest));
        co_await transaction.commit();
        stored_();
        co_return stored;
    } catch (const postgres::StatementError& error) {
        if (error.sqlstate() != foreign_key_violation) {
            throw;
        }
        co_return std::unexpected(Refusal::unknown_category);
    }
}

Task<Stored<Product>>
PostgresCatalog::change(ProductId id, ProductChange change, Context context, Deadline deadline) {
    std::vector<Statement> changes;
    Params fields(id, change.name, change.description, change.price);
    fields.add(change.category.has_value()).add(change.category.value_or(std::nullopt));
    fields.add(change.image_url.has_value()).add(change.image_url.value_or(std::nullopt));
    changes.push_back({update_product, std::move(fields)});
    if (change.stock) {
        changes.push_back({set_stock, Params(id, *change.stock)});
    }
    try {
        auto stored = co_await write(id, std::move(changes), std::move(context), deadline);
        co_return stored;
    } catch (const postgres::StatementError& error) {
        if (error.sqlstate() != foreign_key_violation) {
            throw;
        }
        co_return std::unexpected(Refusal::unknown_category);
    }
}

Task<Stored<Product>>
PostgresCatalog::change_stock(ProductId id, std::int64_t units, Context context, Deadline deadline) {
    std::vector<Statement> changes;
    changes.push_back({touch_product, Params(id)});
    changes.push_back({move_stock, Params(id, units, stock_max)});
    auto stored = co_await write(id, std::move(changes), std::move(context), deadline);
    co_return stored;
}

Task<Stored<Product>>
PostgresCatalog::write(ProductId id, std::vector<Statement> changes, Context context, Deadline deadline) {
    changes.push_back({find_product(), Params(id)});
    postgres::Transaction transaction = co_await pool_.begin(deadline);
    const auto results = co_await transaction.execute(std::move(changes));
    if (results.back().empty()) {
        co_return std::unexpected(Refusal::not_found);
    }
    for (const postgres::Rows& result : results) {
        if (result.affected() == 0) {
            co_return std::unexpected(Refusal::stock_out_of_range);
        }
    }
    Product product = read_product(results.back()[0]);
    std::vector<Statement> announcement{
        messaging::store_events({product_changed(product, Presence::in_catalog, std::move(context))})};
    co_await transaction.execute(std::move(announcement));
    co_await transaction.commit();
    stored_();
    co_return product;
}

Task<Stored<Product>> PostgresCatalog::remove(ProductId id, Context context, Deadline deadline) {
    std::vector<Statement> statements;
    statements.push_back({find_product(), Params(id)});
    statements.push_back({delete_product, Params(id)});
    postgres::Transaction transaction = co_await pool_.begin(deadline);
    const auto results = co_await transaction.execute(std::move(statements));
    if (results[0].empty() || results[1].empty()) {
        co_return std::unexpected(Refusal::not_found);
    }
    Product product = read_product(results[0][0]);
    product.updated_at = results[1][0].timestamp(0);
    std::vector<Statement> announcement{
        messaging::store_events({product_changed(product, Presence::deleted, std::move(context))})};
    co_await transaction.execute(std::move(announcement));
    co_await transaction.commit();
    stored_();
    co_return product;
}

Task<Stored<Category>> PostgresCatalog::add_category(NewCategory category, Deadline deadline) {
    std::vector<Statement> insertion;
    insertion.push_back({insert_category, Params(category.name, category.description)});
    const auto results = co_await pool_.execute(std::move(insertion), postgres::BeginBy{deadline});
    if (results[0].empty()) {
        co_return std::unexpected(Refusal::name_taken);
    }
    const CategoryId id(results[0][0].integer(0));
    co_return Category{id, std::move(category.name), std::move(category.description)};
}

} // namespace tandem::product
