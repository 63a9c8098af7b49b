#pragma once

#include "lab/simulation/parts/consumer.hpp"
#include "lab/simulation/parts/relay.hpp"
#include "lab/simulation/processes/neighbours.hpp"
#include "lab/simulation/stores/order_store.hpp"
#include "services/order/api/saga_consumer.hpp"
#include "services/order/core/asynchronous_checkout.hpp"
#include "services/order/core/checkout_once.hpp"
#include "services/order/core/order_desk.hpp"

namespace tandem::simulation {

/// The order service as its main.cpp wires it, without HTTP.
class OrderProgram {
public:
    struct Surroundings {
        World& world;
        Broker& broker;
        OrderTables& tables;
        Instances& carts;
        CallingCarts::Shoppings shopping;
        Instances& products;
        CallingPriceList::Read prices;
        std::chrono::milliseconds expiry;
    };

    OrderProgram(const Surroundings& around, Node& node);
    ~OrderProgram();

    void start();
    order::CheckoutOnce& checkout() { return checkout_once_; }
    order::OrderDesk& desk() { return desk_; }

private:
    Task<> expire();

    World& world_;
    Node& node_;
    OrderTables& tables_;
    std::chrono::milliseconds expiry_;
    Relaying relay_;
    SimulatedOrders orders_;
    SimulatedKeys keys_;
    CallingCarts carts_;
    CallingPriceList prices_;
    order::Checkout checkout_;
    order::AsynchronousCheckout flow_;
    order::CheckoutOnce checkout_once_;
    order::OrderDesk desk_;
    order::Saga saga_;
    order::SagaConsumer updates_;
    Consuming consumer_;
    Signal opened_;
    std::size_t place_;
};

} // namespace tandem::simulation
