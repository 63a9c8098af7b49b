#pragma once

#include "lab/simulation/run/shop.hpp"

namespace tandem::simulation {

/// What somebody wanted to buy at once, under one key or none, and what they were told.
struct Intent {
    std::int64_t user = 0;
    std::string request_id; ///< of every attempt
    std::string key;        ///< empty: none
    order::CheckoutRequest request;
    std::vector<order::OrderId> accepted; ///< by each answer that said yes
    bool refused = false;
};

/// What somebody put into their cart.
struct CartRecord {
    std::int64_t sure = 0;  ///< pieces whose putting in was answered
    std::int64_t maybe = 0; ///< pieces of calls without an answer
};

/// The customers and the admin. They never crash; they try again, lose patience, and change their minds.
class People {
public:
    explicit People(Shop& shop);

    void start();

    const std::vector<std::unique_ptr<Intent>>& intents() const { return intents_; }
    const std::map<std::pair<std::int64_t, std::int64_t>, CartRecord>& carts() const { return carts_; }

private:
    using Answer = Result<order::CheckoutAnswer>;
    using Changed = Result<order::StoredOrder>;

    Task<> live(std::int64_t user);
    Task<> visit(std::int64_t user);
    Task<> fill_cart(std::int64_t user);
    Task<> check_out(Intent& intent);
    Task<bool> try_check_out(Intent& intent);
    Task<> change_mind(Intent& intent);
    Task<> change(order::OrderId id, std::optional<order::OrderStatus> to, order::Caller caller);
    Task<> change_prices();
    Intent& new_intent(std::int64_t user);
    order::CheckoutRequest wanted();
    order::Caller caller(std::int64_t user, Duration patience);
    std::int64_t some_product() { return world_.dice.between(1, products_); }

    Shop& shop_;
    World& world_;
    Node node_;
    Node admin_;
    std::int64_t products_;
    std::vector<std::unique_ptr<Intent>> intents_;
    std::map<std::pair<std::int64_t, std::int64_t>, CartRecord> carts_; ///< by user and product
};

} // namespace tandem::simulation
