#include "services/product/infrastructure/postgres_seed.hpp"

#include "libs/messaging/outbox.hpp"
#include "libs/telemetry/log.hpp"
#include "libs/telemetry/trace.hpp"
#include "services/product/infrastructure/events.hpp"
#include "services/product/infrastructure/product_rows.hpp"

namespace tandem::product {
namespace {

using postgres::Params;
using postgres::Query;
using postgres::Statement;

constexpr Query lock_seeding{"seed.lock", "SELECT pg_advisory_xact_lock(8004)"};
constexpr Query any_product{"seed.any_product", "SELECT EXISTS (SELECT 1 FROM products)"};
constexpr Query insert_categories{"seed.categories",
                                  "INSERT INTO categories (name, description)"
                                  " SELECT * FROM unnest($1::text[], $2::text[]) ON CONFLICT DO NOTHING"};
constexpr Query insert_products{
    "seed.products",
    "INSERT INTO products (id, name, description, price_cents, category_id, image_url)"
    " SELECT s.id, s.name, s.description, s.price_cents, c.id, s.image_url"
    " FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[])"
    " AS s (id, name, description, price_cents, category, image_url)"
    " JOIN categories c ON lower(c.name) = lower(s.category)"};
constexpr Query insert_stock{
    "seed.stock",
    "INSERT INTO stock (product_id, initial, available)"
    " SELECT id, units, units FROM unnest($1::bigint[], $2::bigint[]) AS s (id, units)"};
constexpr Query advance_ids{"seed.advance_ids",
                            "SELECT setval(pg_get_serial_sequence('products', 'id'), max(id)) FROM products"};

std::vector<Statement> insertions(const FirstCatalog& catalog) {
    std::vector<std::string> category_names;
    std::vector<std::string> category_descriptions;
    for (const NewCategory& category : catalog.categories) {
        category_names.push_back(category.name);
        category_descriptions.push_back(category.description);
    }
    std::vector<std::int64_t> ids;
    std::vector<std::string> names;
    std::vector<std::string> descriptions;
    std::vector<std::int64_t> prices;
    std::vector<std::string> categories;
    std::vector<std::string> images;
    std::vector<std::int64_t> units;
    for (const auto& [category, product] : catalog.products) {
        ids.push_back(static_cast<std::int64_t>(ids.size()) + 1);
        names.push_back(product.name);
        descriptions.push_back(product.description);
        prices.push_back(product.price.cents());
        categories.push_back(category);
        images.push_back(product.image_url.value_or(""));
        units.push_back(product.stock);
    }
    std::vector<Statement> statements;
    statements.push_back({insert_categories, Params(category_names, category_descriptions)});
    statements.push_back({insert_products, Params(ids, names, descriptions, prices, categories, images)});
    statements.push_back({insert_stock, Params(ids, units)});
    statements.push_back({advance_ids, Params()});
    statements.push_back({find_products(), Params(ids)});
    return statements;
}

std::vector<messaging::OutgoingEvent> announcements(const postgres::Rows& products) {
    const Context context = telemetry::new_context();
    std::vector<messaging::OutgoingEvent> events;
    for (const postgres::Row row : products) {
        events.push_back(product_changed(read_product(row), Presence::in_catalog, context));
    }
    return events;
}

} // namespace

Task<> seed_catalog(postgres::Pool& pool, const FirstCatalog& catalog, std::function<void()> stored) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    postgres::Transaction transaction = co_await pool.begin(deadline);
    std::vector<Statement> questions;
    questions.push_back({lock_seeding, Params()});
    questions.push_back({any_product, Params()});
    const auto answers = co_await transaction.execute(std::move(questions));
    if (answers[1][0].boolean(0)) {
        co_return;
    }
    const auto results = co_await transaction.execute(insertions(catalog));
    std::vector<Statement> events{messaging::store_events(announcements(results.back()))};
    co_await transaction.execute(std::move(events));
    co_await transaction.commit();
    stored();
    telemetry::log_info("seeded the catalog", {{"products", results.back().size()}});
}

} // namespace tandem::product
