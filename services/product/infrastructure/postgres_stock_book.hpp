#pragma once

#include "libs/kernel/time.hpp"
#include "libs/postgres/pool.hpp"
#include "services/product/core/stock_book.hpp"

#include <functional>

namespace tandem::product {

/// Stock and reservations in PostgreSQL. A page is one transaction of two round trips: the first
/// stores the batch's event ids in the inbox and locks, by ascending product, every stock row the
/// batch may touch, then its orders; the second writes with one multi-row statement a table, the
/// announcements into the outbox included. Two instances therefore wait for each other and never
/// in a circle, except where both meet an order for the first time: then one sees a unique
/// violation, and that is Contention, as deadlocks and serialization failures are.
class PostgresStockBook final : public StockBook {
public:
    /// `stored` is called after each commit that put events into the outbox.
    PostgresStockBook(postgres::Pool& pool, const Clock& clock, std::function<void()> stored);

    Task<std::unique_ptr<StockPage>> open(StockScope scope) override;

private:
    postgres::Pool& pool_;
    const Clock& clock_;
    std::function<void()> stored_;
};

} // namespace tandem::product
