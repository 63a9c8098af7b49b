#pragma once

#include "libs/postgres/pool.hpp"
#include "services/cart/core/ports.hpp"

namespace tandem::cart {

/// Records events with their effects: inbox, carts and products in one atomic unit. Effects have
/// keys of their own (the order, the moment of a product's change), so that two instances that
/// handle the same event at the same time do no harm either.
class PostgresEventBook final : public EventBook {
public:
    explicit PostgresEventBook(postgres::Pool& pool) : pool_(pool) {}

    Task<> record(std::vector<ShopEvent> events) override;

private:
    postgres::Pool& pool_;
};

/// Forgets purchases too old to be told of again, until it is cancelled.
Task<> keep_purchases_few(postgres::Pool& pool);

} // namespace tandem::cart
