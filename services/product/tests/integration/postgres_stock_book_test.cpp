#include "libs/json/json.hpp"
#include "services/product/infrastructure/postgres_catalog.hpp"
#include "services/product/infrastructure/postgres_stock_book.hpp"
#include "services/product/tests/integration/product_database.hpp"

#include <boost/asio/co_spawn.hpp>
#include <gmock/gmock.h>

#include <random>

namespace tandem::product {
namespace {

using Kind = OrderNotice::Kind;
using Settlement = StockKeeping::Settlement;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::run;

class PostgresStockBookTest : public ProductDatabaseTest {
protected:
    std::vector<Settlement> settle(std::vector<OrderNotice> notices) {
        return run(io, stock_keeping.settle(std::move(notices)));
    }
    std::string state_of(std::int64_t order) {
        constexpr postgres::Query query{"test.state",
                                        "SELECT state FROM order_reservations WHERE order_id = $1"};
        const auto rows = run(io, pool.query(query, postgres::Params(order)));
        return rows.empty() ? "none" : rows[0].text(0);
    }
    std::string event(std::string_view type) {
        constexpr postgres::Query query{"test.event", "SELECT body FROM outbox WHERE event_type = $1"};
        return run(io, pool.query(query, postgres::Params(type)))[0].text(0);
    }

    SystemClock clock;
    int stored = 0;
    PostgresStockBook book{pool, clock, [this] { ++stored; }};
    StockKeeping stock_keeping{book};
};

TEST_F(PostgresStockBookTest, ReservesAndHandsEveryFieldOfTheOrderOn) {
    settle({notice(Kind::created, 1, sample_order(1, {laptops(2), mice(1)}))});

    EXPECT_EQ(stock(laptop), (Stock{.initial = 10, .available = 8, .reserved = 2}));
    EXPECT_EQ(state_of(1), "reserved");
    const std::string body = event("stock.reserved");
    EXPECT_THAT(body, HasSubstr(R"("order_id":1,"user_id":1001,"user_email":"buyer@example.com")"));
    EXPECT_THAT(
        body, HasSubstr(R"({"product_id":1,"product_name":"Gaming Laptop","quantity":2,"price":"1299.99"})"));
    EXPECT_THAT(
        body,
        HasSubstr(
            R"("total_amount":"2649.97","payment_method":"credit_card","shipping_address":{"city":"Ulm"})"));
    EXPECT_EQ(stored, 1);
    expect_the_books_to_balance();
}

TEST_F(PostgresStockBookTest, RejectsWithReasonAndMessage) {
    settle({notice(Kind::created, 1, sample_order(1, {laptops(11)}))});

    EXPECT_EQ(stock(laptop), Stock::of(10));
    EXPECT_EQ(state_of(1), "rejected");
    EXPECT_THAT(event("stock.rejected"),
                HasSubstr(R"("reason":"out_of_stock","error_message":"Gaming Laptop)"));
}

TEST_F(PostgresStockBookTest, RejectsDeletedProducts) {
    run(io, PostgresCatalog(pool, [] {}).remove(laptop, {}, Deadline::max()));
    settle({notice(Kind::created, 1, sample_order(1, {laptops(1)}))});

    EXPECT_THAT(event("stock.rejected"), HasSubstr(R"("reason":"unknown_product")"));
}

TEST_F(PostgresStockBookTest, WalksThroughAWholeOrder) {
    const Order order = sample_order(1, {laptops(2)});
    settle({notice(Kind::created, 1, order)});
    settle({notice(Kind::paid, 2, order)});
    EXPECT_EQ(stock(laptop), (Stock{.initial = 10, .available = 8, .sold = 2}));
    EXPECT_EQ(number("SELECT count(*) FROM buyers WHERE user_id = 1001 AND product_id = 1"), 1);

    settle({notice(Kind::cancelled, 3, order, "cancelled_by_customer")});
    EXPECT_EQ(stock(laptop), Stock::of(10));
    EXPECT_EQ(state_of(1), "released");
    EXPECT_THAT(event("stock.released"), HasSubstr(R"("reason":"cancelled_by_customer")"));
    expect_the_books_to_balance();
}

TEST_F(PostgresStockBookTest, HandlesAnEventOnce) {
    const Order order = sample_order(1, {laptops(1)});
    settle({notice(Kind::created, 1, order)});
    settle({notice(Kind::created, 1, order), notice(Kind::created, 9, order)});

    EXPECT_EQ(stock(laptop).reserved, 1);
    EXPECT_EQ(announced("stock.reserved"), 1);
    EXPECT_EQ(number("SELECT count(*) FROM inbox"), 2);
}

TEST_F(PostgresStockBookTest, ATombstoneOutlivesItsBatch) {
    const Order order = sample_order(1, {laptops(1)});
    settle({notice(Kind::cancelled, 1, order, "cancelled_by_customer")});
    EXPECT_EQ(state_of(1), "tombstone");
    settle({notice(Kind::created, 2, order)});

    EXPECT_EQ(stock(laptop), Stock::of(10));
    EXPECT_EQ(number("SELECT count(*) FROM outbox WHERE event_type LIKE 'stock.%'"), 0);
}

TEST_F(PostgresStockBookTest, APrematurePaymentIsTakenWhenItComesAgain) {
    const Order order = sample_order(1, {laptops(1)});
    EXPECT_THAT(settle({notice(Kind::paid, 2, order)}), ElementsAre(Effect::premature));
    settle({notice(Kind::created, 1, order)});
    EXPECT_THAT(settle({notice(Kind::paid, 2, order)}), ElementsAre(Effect::committed));

    EXPECT_EQ(stock(laptop).sold, 1);
}

TEST_F(PostgresStockBookTest, ReleasesWhatAnEarlierBatchReservedEvenIfTheEventNamesOtherItems) {
    settle({notice(Kind::created, 1, sample_order(1, {laptops(3)}))});
    settle({notice(Kind::failed, 2, sample_order(1, {mice(1)}), "expired")});

    EXPECT_EQ(stock(laptop), Stock::of(10));
    expect_the_books_to_balance();
}

TEST_F(PostgresStockBookTest, RefusesAPaymentOfWhatIsNoLongerHeld) {
    const Order order = sample_order(1, {laptops(1)});
    settle({notice(Kind::created, 1, order), notice(Kind::failed, 2, order, "expired")});
    EXPECT_THAT(settle({notice(Kind::paid, 3, order)}), ElementsAre(Effect::refused));

    EXPECT_EQ(stock(laptop), Stock::of(10));
    EXPECT_EQ(state_of(1), "released");
}

/// Two instances, each with a pool of its own, get the events of many orders in different order and
/// in many small batches at the same time.
TEST_F(PostgresStockBookTest, InstancesThatMeetOnTheSameOrdersAndProductsKeepTheBooks) {
    postgres::Pool other_pool(io.get_executor(), {.url = url});
    other_pool.start();
    PostgresStockBook other_book(other_pool, clock, [] {});
    StockKeeping other(other_book);
    std::mt19937 dice(7);
    std::vector<std::vector<OrderNotice>> batches;
    std::vector<OrderNotice> notices;
    for (std::int64_t id = 1; id <= 60; ++id) {
        std::vector<OrderLine> lines{mice(1), laptops(1)};
        if (id % 2 == 0) {
            std::swap(lines[0], lines[1]);
        }
        const Order order = sample_order(id, lines);
        notices.push_back(notice(Kind::created, id * 10, order));
        notices.push_back(id % 3 == 0 ? notice(Kind::cancelled, id * 10 + 1, order, "cancelled_by_customer")
                                      : notice(Kind::paid, id * 10 + 1, order));
    }
    std::ranges::shuffle(notices, dice);
    for (std::size_t at = 0; at < notices.size(); at += 6) {
        const auto begin = notices.begin() + static_cast<std::ptrdiff_t>(at);
        batches.emplace_back(begin, begin + 6);
        batches.emplace_back(begin, begin + 6); // the same events at the other instance
    }
    std::size_t ended = 0;
    std::size_t failed = 0;
    for (std::size_t index = 0; index < batches.size(); ++index) {
        StockKeeping& instance = index % 2 == 0 ? stock_keeping : other;
        boost::asio::co_spawn(io,
                              instance.settle(batches[index]),
                              [&](std::exception_ptr thrown, const std::vector<Settlement>&) {
                                  ++ended;
                                  failed += thrown ? 1 : 0;
                              });
    }
    run(io, until([&] { return ended == batches.size(); }));
    run(io, other_pool.close(std::chrono::steady_clock::now() + std::chrono::seconds(5)));

    EXPECT_EQ(failed, 0u);
    EXPECT_LE(stock(laptop).reserved + stock(laptop).sold, 10);
    EXPECT_EQ(number("SELECT count(*) FROM order_reservations WHERE order_id % 3 = 0 AND state IN "
                     "('reserved', 'committed')"),
              0);
    expect_the_books_to_balance();
}

} // namespace
} // namespace tandem::product
