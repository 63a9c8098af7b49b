#pragma once

#include "lab/simulation/processes/order_process.hpp"
#include "lab/simulation/processes/other_processes.hpp"
#include "lab/simulation/processes/payment_process.hpp"
#include "lab/simulation/processes/process.hpp"
#include "lab/simulation/processes/product_process.hpp"

namespace tandem::simulation {

/// The shop of services in one process: five databases, a broker, a card network, a mail server, one or two
/// instances of each service, and the calls between them.
class Shop {
public:
    explicit Shop(World& world);
    ~Shop();

    World& world() { return world_; }
    /// For people's calls: which instance answers, and what they call there.
    Instances& orders() { return order_nodes_; }
    order::CheckoutOnce& checkout(std::size_t instance) { return orders_[instance]->program().checkout(); }
    order::OrderDesk& desk(std::size_t instance) { return orders_[instance]->program().desk(); }
    Instances& carts() { return cart_nodes_; }
    cart::Shopping& shopping(std::size_t instance) { return carts_[instance]->program().shopping(); }

    Broker broker;
    OrderTables order_tables;
    StockTables stock_tables;
    PaymentTables payment_tables;
    CartTables cart_tables;
    CardNetwork card_network;
    Mailbox mailbox;

private:
    template <class Program>
    using Processes = std::vector<std::unique_ptr<Process<Program>>>;
    template <class Program>
    void add(Processes<Program>& processes,
             Instances& nodes,
             std::string name,
             typename Process<Program>::Build build);
    void add_orders();
    void send_without_outbox(Store& store);

    World& world_;
    std::chrono::milliseconds expiry_;
    PaymentProgram::Settings payment_settings_;
    Instances order_nodes_, product_nodes_, payment_nodes_, cart_nodes_, email_nodes_;
    Processes<OrderProgram> orders_;
    Processes<ProductProgram> products_;
    Processes<PaymentProgram> payments_;
    Processes<CartProgram> carts_;
    Processes<EmailProgram> emails_;
};

} // namespace tandem::simulation
