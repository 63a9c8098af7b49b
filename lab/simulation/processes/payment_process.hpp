#pragma once

#include "lab/simulation/parts/card_network.hpp"
#include "lab/simulation/parts/consumer.hpp"
#include "lab/simulation/parts/relay.hpp"
#include "lab/simulation/stores/payment_store.hpp"
#include "services/payment/api/order_events_consumer.hpp"
#include "services/payment/core/charging.hpp"

namespace tandem::simulation {

/// The payment service as its main.cpp wires it, without HTTP; its worker is modelled after PaymentWorker.
class PaymentProgram {
public:
    /// What an operator may set; some runs are impatient, so that giving up and the breaker come to work.
    struct Settings {
        explicit Settings(Dice& dice);
        payment::ChargingRules rules;
        payment::CircuitBreaker::Options breaker;
    };

    PaymentProgram(World& world,
                   Broker& broker,
                   PaymentTables& tables,
                   CardNetwork& network,
                   const Settings& settings,
                   Node& node);

    void start();

private:
    Task<> work();
    Task<std::size_t> begin_turns();
    Task<> take_turn(payment::Payment payment);

    World& world_;
    Node& node_;
    PaymentTables& tables_;
    Relaying relay_;
    Signal due_;
    SimulatedPayments payments_;
    SimulatedProvider provider_;
    payment::CircuitBreaker breaker_;
    payment::Charging charging_;
    payment::OrderEventsConsumer events_;
    Consuming consumer_;
};

} // namespace tandem::simulation
