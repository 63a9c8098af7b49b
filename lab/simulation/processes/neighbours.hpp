#pragma once

#include "lab/simulation/parts/call.hpp"
#include "services/cart/core/shopping.hpp"
#include "services/order/core/carts.hpp"
#include "services/order/core/price_list.hpp"

namespace tandem::simulation {

/// A double of HttpCarts: calls the cart service.
class CallingCarts final : public order::Carts {
public:
    using Shoppings = std::function<cart::Shopping&(std::size_t instance)>;

    CallingCarts(World& world, Node& node, Instances& carts, Shoppings shopping)
        : world_(world), node_(node), carts_(carts), shopping_(std::move(shopping)) {}

    Task<std::vector<order::RequestedLine>> contents(order::Caller caller) override;
    Task<>
    remove_bought(order::OrderId order, std::vector<order::OrderLine> lines, order::Caller caller) override;

private:
    World& world_;
    Node& node_;
    Instances& carts_;
    Shoppings shopping_;
};

/// A double of HttpPriceList, without its memory: asks the product service, or throws Unavailable.
class CallingPriceList final : public order::PriceList {
public:
    using Read = std::function<Task<std::vector<order::CatalogEntry>>(
        std::size_t instance, std::vector<order::ProductId> products)>;

    CallingPriceList(World& world, Node& node, Instances& products, Read read)
        : world_(world), node_(node), products_(products), read_(std::move(read)) {}

    Task<std::vector<order::CatalogEntry>> look_up(std::vector<order::ProductId> products,
                                                   order::Caller caller) override;

private:
    World& world_;
    Node& node_;
    Instances& products_;
    Read read_;
};

} // namespace tandem::simulation
