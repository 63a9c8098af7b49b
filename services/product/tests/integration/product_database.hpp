#pragma once

#include "libs/async/sleep.hpp"
#include "libs/postgres/migrate.hpp"
#include "libs/postgres/pool.hpp"
#include "libs/testing/postgres_server.hpp"
#include "libs/testing/run.hpp"
#include "services/product/core/first_catalog.hpp"
#include "services/product/core/stock_keeping.hpp"
#include "services/product/infrastructure/postgres_seed.hpp"

#include <gtest/gtest.h>

#include <fmt/format.h>
#include <functional>
#include <stdexcept>

namespace tandem::product {

const std::vector<postgres::Migration>& migrations();

inline constexpr ProductId laptop{1};
inline constexpr ProductId mouse{2};
inline constexpr ProductId keyboard{3};
inline constexpr Money laptop_price = Money::from_cents(129'999);
inline constexpr Money mouse_price = Money::from_cents(4'999);

/// Resumes when `condition` holds; throws after two minutes.
inline Task<> until(std::function<bool()> condition) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(2);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) {
            throw std::runtime_error("what the test waits for does not happen");
        }
        co_await async::sleep_for(std::chrono::milliseconds(2));
    }
}

/// A migrated, seeded database of its own, and a pool on it.
class ProductDatabaseTest : public ::testing::Test {
protected:
    ProductDatabaseTest() {
        postgres::migrate(url, migrations());
        pool.start();
        testing::run(io, pool.wait_ready(std::chrono::steady_clock::now() + std::chrono::minutes(1)));
        testing::run(io, seed_catalog(pool, first_catalog(), [] {}));
    }
    ~ProductDatabaseTest() override {
        testing::run(io, pool.close(std::chrono::steady_clock::now() + std::chrono::seconds(5)));
    }

    /// Reads, through database outages of up to a minute.
    postgres::Rows ask(postgres::Query query, const postgres::Params& params = postgres::Params()) {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
        for (;;) {
            try {
                return testing::run(io, pool.query(query, params));
            } catch (const Unavailable&) {
                if (std::chrono::steady_clock::now() > deadline) {
                    throw;
                }
            }
            testing::run(io, async::sleep_for(std::chrono::milliseconds(10)));
        }
    }
    std::int64_t number(std::string_view sql, const postgres::Params& params = postgres::Params()) {
        return ask({"test.number", sql}, params)[0].integer(0);
    }
    void execute(std::string_view sql) {
        std::vector<postgres::Statement> statements;
        statements.push_back({{"test.execute", sql}, postgres::Params()});
        testing::run(io, pool.execute(std::move(statements)));
    }
    Stock stock(ProductId product) {
        constexpr postgres::Query query{
            "test.stock",
            "SELECT initial, restocked, available, reserved, sold FROM stock WHERE product_id = $1"};
        const auto rows = ask(query, postgres::Params(product));
        return {rows[0].integer(0),
                rows[0].integer(1),
                rows[0].integer(2),
                rows[0].integer(3),
                rows[0].integer(4)};
    }
    std::int64_t announced(std::string_view event_type) {
        return number("SELECT count(*) FROM outbox WHERE event_type = $1", postgres::Params(event_type));
    }
    /// Law 3, and that the reservations tell the same story as the stock.
    void expect_the_books_to_balance() {
        EXPECT_EQ(
            number("SELECT count(*) FROM stock WHERE initial + restocked <> available + reserved + sold"), 0);
        constexpr auto differences =
            "SELECT count(*) FROM stock s LEFT JOIN (SELECT product_id,"
            " sum(quantity) FILTER (WHERE state = 'reserved') AS reserved,"
            " sum(quantity) FILTER (WHERE state = 'committed') AS sold FROM reservations GROUP BY 1) r"
            " USING (product_id) WHERE s.reserved <> coalesce(r.reserved, 0) OR s.sold <> coalesce(r.sold, "
            "0)";
        EXPECT_EQ(number(differences), 0);
    }

    std::string url = testing::PostgresServer::shared().new_database();
    boost::asio::io_context io{1};
    postgres::Pool pool{io.get_executor(), {.url = url}};
};

inline Order sample_order(std::int64_t id, std::vector<OrderLine> lines) {
    Order order;
    order.id = OrderId(id);
    order.user = UserId(1'000 + id);
    order.user_email = "buyer@example.com";
    order.lines = std::move(lines);
    for (const OrderLine& line : order.lines) {
        order.total += line.price * static_cast<int>(line.quantity);
    }
    order.payment_method = "credit_card";
    order.shipping_address = R"({"city":"Ulm"})";
    return order;
}

inline OrderLine laptops(std::int64_t quantity) {
    return {laptop, "Gaming Laptop", quantity, laptop_price};
}
inline OrderLine mice(std::int64_t quantity) {
    return {mouse, "Wireless Mouse", quantity, mouse_price};
}

inline std::string event_id(std::int64_t number) {
    return fmt::format("019341f2-0000-7000-8000-{:012x}", number);
}

/// `event` makes the event id; the same number is the same event.
inline OrderNotice notice(OrderNotice::Kind kind, std::int64_t event, Order order, std::string reason = "") {
    return {kind, event_id(event), std::move(order), std::move(reason), {}};
}

} // namespace tandem::product
