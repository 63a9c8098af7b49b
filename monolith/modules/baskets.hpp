#pragma once

#include "libs/auth/authenticator.hpp"
#include "monolith/database.hpp"
#include "services/cart/api/cart_routes.hpp"
#include "services/cart/infrastructure/postgres_carts.hpp"

namespace tandem::monolith {

/// Whoever asks for a product that the shop's own table does not have asks in vain.
class NothingBeyondTheTable final : public cart::Catalog {
public:
    Task<std::optional<cart::ProductNews>> find(cart::ProductId, Context, cart::Deadline) override {
        co_return std::nullopt;
    }
};

/// The cart domain, wired into this process. Its `products` is a view of the catalog.
class Baskets {
public:
    Baskets(Database& database, auth::Authenticator& authenticator)
        : carts_(database.carts), shopping_(carts_, nothing_beyond_),
          routes_(shopping_, authenticator, {.added_status = 201}) {}

    void mount(http::Router& router) { routes_.mount(router); }

private:
    cart::PostgresCarts carts_;
    NothingBeyondTheTable nothing_beyond_;
    cart::Shopping shopping_;
    cart::CartRoutes routes_;
};

} // namespace tandem::monolith
