#include "lab/auditor/tests/generated_shop.hpp"

#include "lab/auditor/order_status.hpp"
#include "libs/testing/postgres_server.hpp"

#include <libpq-fe.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <memory>
#include <stdexcept>

namespace tandem::audit::tests {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
    std::ifstream stream(file);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::string with_numbers(std::string sql, std::int64_t first, std::int64_t last) {
    for (const auto& [name, number] : {std::pair("{first}", first), std::pair("{last}", last)}) {
        for (auto at = sql.find(name); at != std::string::npos; at = sql.find(name)) {
            sql.replace(at, std::string(name).size(), std::to_string(number));
        }
    }
    return sql;
}

Shop shop_in_databases() {
    auto& server = testing::PostgresServer::shared();
    Shop shop{.architecture = "microservices"};
    shop.order = {"order", server.new_database()};
    shop.payment = {"payment", server.new_database()};
    shop.product = {"product", server.new_database()};
    shop.cart = {"cart", server.new_database()};
    shop.user = {"user", server.new_database()};
    shop.order_first = 1;
    shop.order_beyond = first_order_of_monolith;
    return shop;
}

Shop shop_in_schemas() {
    const std::string url = testing::PostgresServer::shared().new_database();
    Shop shop{.architecture = "monolith"};
    shop.order = {"monolith", url, "orders"};
    shop.payment = {"monolith", url, "payments"};
    shop.product = {"monolith", url, "catalog"};
    shop.cart = {"monolith", url, "carts"};
    shop.user = {"monolith", url, "users"};
    shop.joint = Store{"monolith", url, "public"};
    shop.order_first = first_order_of_monolith;
    shop.order_beyond = std::numeric_limits<std::int64_t>::max();
    return shop;
}

constexpr const char* drop_all_guards = R"(DO $$ DECLARE guard record; BEGIN
    FOR guard IN SELECT conrelid::regclass AS held, conname FROM pg_constraint
        WHERE contype IN ('c', 'f') AND connamespace = current_schema()::regnamespace LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', guard.held, guard.conname);
    END LOOP; END $$)";
constexpr const char* empty_all_tables = R"(DO $$ DECLARE names text; BEGIN
    SELECT string_agg(format('DELETE FROM %I', tablename), '; ') INTO names FROM pg_tables
        WHERE schemaname = current_schema();
    EXECUTE names; END $$)";

} // namespace

GeneratedShop::GeneratedShop(Layout layout)
    : shop(layout == Layout::databases ? shop_in_databases() : shop_in_schemas()) {
    migrate(shop.user, "services/user/migrations");
    migrate(shop.product, "services/product/migrations");
    migrate(shop.cart, "services/cart/migrations");
    migrate(shop.order, "services/order/migrations");
    migrate(shop.payment, "services/payment/migrations");
    if (shop.joint) {
        migrate(*shop.joint, "monolith/migrations");
    }
    for (const Store* store : {&shop.order, &shop.payment, &shop.product, &shop.cart, &shop.user}) {
        drop_guards(*store);
    }
}

void GeneratedShop::execute(const Store& store, const std::string& sql) {
    const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(PQconnectdb(store.url.c_str()), &PQfinish);
    const std::string whole = "SET search_path = " + store.schema + "; SET synchronous_commit = off; " + sql;
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(connection.get(), whole.c_str()),
                                                               &PQclear);
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        throw std::runtime_error(PQerrorMessage(connection.get()) + sql.substr(0, 500));
    }
}

void GeneratedShop::migrate(const Store& store, const std::string& folder) {
    std::vector<fs::path> files;
    std::ranges::copy(fs::directory_iterator(folder), std::back_inserter(files));
    std::ranges::sort(files);
    execute(store, "CREATE SCHEMA IF NOT EXISTS " + store.schema);
    for (const fs::path& file : files) {
        execute(store, text_of(file));
    }
}

void GeneratedShop::drop_guards(const Store& store) {
    execute(store, drop_all_guards);
}

void GeneratedShop::fill(const Store& store, const std::string& file, std::int64_t last) {
    const fs::path folder = "lab/auditor/tests";
    const std::string sql = text_of(folder / "generated_plan.sql") + text_of(folder / file);
    execute(store, with_numbers(sql, shop.order_first, last));
    if (last - shop.order_first > 1'000) {
        execute(store, "ANALYZE");
    }
}

void GeneratedShop::generate(std::int64_t orders) {
    const std::int64_t last = shop.order_first + orders - 1;
    for (const Store* store : {&shop.order, &shop.payment, &shop.product, &shop.cart, &shop.user}) {
        execute(*store, empty_all_tables);
    }
    if (shop.joint) {
        execute(*shop.joint, "DELETE FROM outbox; DELETE FROM deliveries");
    }
    fill(shop.user, "generated_users.sql", last);
    fill(shop.product, "generated_stock.sql", last);
    fill(shop.cart, "generated_carts.sql", last);
    fill(shop.order, "generated_orders.sql", last);
    fill(shop.payment, "generated_payments.sql", last);
    outside = {};
    outside.letters.is_reachable = true;
    outside.broker.waiting = {{"email_service_queue", 0, ""}};
    outside.broker.dead = {{"email_service_queue.dlq", 0, ""}};
    RowStream payments(
        [&] {
            Session session(shop.payment);
            session.begin_snapshot();
            return session;
        }(),
        "SELECT order_id, amount_cents, status = 'refunded' FROM payments WHERE transaction_id IS NOT NULL");
    while (payments.next()) {
        const std::int64_t order = payments.integer();
        const Money amount = Money::from_cents(payments.integer());
        outside.accounts.charge(order, amount, order * 2);
        if (payments.integer() != 0) {
            outside.accounts.refund(order, amount, order * 2 + 1);
        }
    }
    outside.accounts.settle();
}

Audit GeneratedShop::audit(const Promises& promises, const AuditOptions& options) {
    return audit::audit(shop, outside, promises, options);
}

} // namespace tandem::audit::tests
