#include "lab/simulation/run/shop.hpp"

#include <array>

namespace tandem::simulation {
namespace {

constexpr std::array<std::chrono::milliseconds, 3> expiries{
    std::chrono::seconds(20), std::chrono::seconds(120), std::chrono::seconds(900)};

Task<> publish_once(World& world, Broker& broker, Node& node, std::vector<messaging::OutgoingEvent> events) {
    Publishing publishing(world, broker, node);
    co_await publishing.try_publish(std::move(events));
}

} // namespace

template <class Program>
void Shop::add(Processes<Program>& processes,
               Instances& nodes,
               std::string name,
               typename Process<Program>::Build build) {
    const int count = world_.dice.chance(300) ? 2 : 1;
    for (int i = 1; i <= count; ++i) {
        std::string instance = count == 1 ? name : name + " " + std::to_string(i);
        processes.push_back(std::make_unique<Process<Program>>(world_, std::move(instance), build));
        nodes.nodes.push_back(&processes.back()->node());
    }
    for (auto& process : processes) {
        process->start();
    }
}

Shop::Shop(World& world)
    : broker(world), order_tables(world), stock_tables(world), payment_tables(world), cart_tables(world),
      card_network(world), world_(world),
      expiry_(expiries.at(static_cast<std::size_t>(world.dice.between(0, 2)))),
      payment_settings_(world.dice) {
    for (Store* store :
         {&order_tables.store, &stock_tables.store, &payment_tables.store, &cart_tables.store}) {
        send_without_outbox(*store);
    }
    add<ProductProgram>(products_, product_nodes_, "product", [this](Node& node) {
        return std::make_unique<ProductProgram>(world_, broker, stock_tables, node);
    });
    add<PaymentProgram>(payments_, payment_nodes_, "payment", [this](Node& node) {
        return std::make_unique<PaymentProgram>(
            world_, broker, payment_tables, card_network, payment_settings_, node);
    });
    add<CartProgram>(carts_, cart_nodes_, "cart", [this](Node& node) {
        return std::make_unique<CartProgram>(world_, broker, cart_tables, stock_tables, node);
    });
    add<EmailProgram>(emails_, email_nodes_, "email", [this](Node& node) {
        return std::make_unique<EmailProgram>(world_, broker, mailbox, node);
    });
    add_orders();
}

void Shop::add_orders() {
    const OrderProgram::Surroundings around{
        world_,
        broker,
        order_tables,
        cart_nodes_,
        [this](std::size_t instance) -> cart::Shopping& { return shopping(instance); },
        product_nodes_,
        [this](std::size_t instance, std::vector<order::ProductId> products) {
            return products_[instance]->program().prices(std::move(products));
        },
        expiry_};
    add<OrderProgram>(orders_, order_nodes_, "order", [around](Node& node) {
        return std::make_unique<OrderProgram>(around, node);
    });
}

Shop::~Shop() = default;

void Shop::send_without_outbox(Store& store) {
    store.send_at_once = [this](Node& node, std::vector<messaging::OutgoingEvent> events) {
        node.spawn(publish_once(world_, broker, node, std::move(events)));
    };
}

} // namespace tandem::simulation
