#pragma once

#include "libs/postgres/pool.hpp"
#include "services/cart/core/ports.hpp"

namespace tandem::cart {

/// Carts in PostgreSQL. A change is one atomic unit: lock the cart, change, read it back.
class PostgresCarts final : public CartRepository {
public:
    explicit PostgresCarts(postgres::Pool& pool) : pool_(pool) {}

    Task<Cart> find(UserId owner, Deadline deadline) override;
    Task<Addition> add(UserId owner, ProductId product, int quantity, Deadline deadline) override;
    Task<std::optional<Cart>>
    set_quantity(UserId owner, ItemId item, int quantity, Deadline deadline) override;
    Task<Cart> clear(UserId owner, Deadline deadline) override;
    Task<> take_out(Purchase purchase, Deadline deadline) override;
    Task<> learn(ProductNews news, Deadline deadline) override;

private:
    struct Change {
        bool happened;
        Cart cart;
    };
    Task<Change> change(UserId owner, postgres::Statement statement, Deadline deadline);

    postgres::Pool& pool_;
};

} // namespace tandem::cart
