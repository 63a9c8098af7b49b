#pragma once

#include "libs/postgres/migrate.hpp"
#include "libs/testing/postgres_server.hpp"
#include "libs/testing/run.hpp"
#include "services/cart/infrastructure/postgres_carts.hpp"

#include <gtest/gtest.h>

namespace tandem::cart {

const std::vector<postgres::Migration>& migrations();

namespace tests {

inline Deadline soon() {
    return std::chrono::steady_clock::now() + std::chrono::seconds(10);
}

inline ProductNews news(std::int64_t id, std::int64_t price_cents, int second = 0) {
    Product product{
        ProductId(id), "Product " + std::to_string(id), std::nullopt, Money::from_cents(price_cents)};
    return {std::move(product), false, Timestamp(std::chrono::seconds(1'000 + second))};
}

/// A migrated database of its own for each test.
class CartDatabaseTest : public ::testing::Test {
protected:
    CartDatabaseTest() {
        const std::string url = testing::PostgresServer::shared().new_database();
        postgres::migrate(url, migrations());
        pool = std::make_unique<postgres::Pool>(context.get_executor(), postgres::PoolOptions{.url = url});
        pool->start();
        testing::run(context, pool->wait_ready(soon()));
        carts = std::make_unique<PostgresCarts>(*pool);
    }

    ~CartDatabaseTest() override { testing::run(context, pool->close(soon())); }

    Cart find(UserId owner) { return testing::run(context, carts->find(owner, soon())); }
    void learn(ProductNews told) { testing::run(context, carts->learn(std::move(told), soon())); }
    CartRepository::Addition add(UserId owner, std::int64_t product, int quantity) {
        return testing::run(context, carts->add(owner, ProductId(product), quantity, soon()));
    }
    void take_out(std::int64_t order, UserId buyer, std::vector<PurchasedLine> lines) {
        testing::run(context, carts->take_out({OrderId(order), buyer, std::move(lines)}, soon()));
    }

    boost::asio::io_context context;
    std::unique_ptr<postgres::Pool> pool;
    std::unique_ptr<PostgresCarts> carts;
};

} // namespace tests
} // namespace tandem::cart
