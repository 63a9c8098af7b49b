#pragma once

#include "lab/simulation/stores/store.hpp"
#include "services/cart/core/ports.hpp"

#include <map>

namespace tandem::simulation {

/// The cart database.
struct CartTables {
    struct Line {
        cart::ItemId id;
        int quantity = 0;
        Money price_snapshot;
    };
    using Lines = std::map<cart::ProductId, Line>;

    explicit CartTables(World& world) : store(world, "cart-db") {}

    Store store;
    std::int64_t last_item = 0;
    std::map<cart::UserId, Lines> carts;
    std::map<cart::ProductId, cart::ProductNews> products;
    std::set<cart::OrderId> purchases; ///< whose pieces have left their cart

    void take_out(const cart::Purchase& purchase);
    void learn(const cart::ProductNews& news);
    cart::Cart cart_of(cart::UserId owner) const;
};

/// A double of PostgresCarts.
class SimulatedCarts final : public cart::CartRepository {
public:
    SimulatedCarts(CartTables& tables, Node& node) : tables_(tables), node_(node) {}

    Task<cart::Cart> find(cart::UserId owner, cart::Deadline deadline) override;
    Task<Addition>
    add(cart::UserId owner, cart::ProductId product, int quantity, cart::Deadline deadline) override;
    Task<std::optional<cart::Cart>>
    set_quantity(cart::UserId owner, cart::ItemId item, int quantity, cart::Deadline deadline) override;
    Task<cart::Cart> clear(cart::UserId owner, cart::Deadline deadline) override;
    Task<> take_out(cart::Purchase purchase, cart::Deadline deadline) override;
    Task<> learn(cart::ProductNews news, cart::Deadline deadline) override;

private:
    CartTables& tables_;
    Node& node_;
};

/// A double of PostgresEventBook.
class SimulatedEventBook final : public cart::EventBook {
public:
    SimulatedEventBook(CartTables& tables, Node& node) : tables_(tables), node_(node) {}

    Task<> record(std::vector<cart::ShopEvent> events) override;

private:
    CartTables& tables_;
    Node& node_;
};

} // namespace tandem::simulation
