#include "lab/simulation/processes/other_processes.hpp"

namespace tandem::simulation {

CartProgram::CartProgram(World& world, Broker& broker, CartTables& tables, StockTables& products, Node& node)
    : carts_(tables, node), catalog_(products, node), shopping_(carts_, catalog_), book_(tables, node),
      events_(book_),
      consumer_(world, broker, node, messaging::shop_queue("cart_service_queue"), {}, [this](auto batch) {
          return events_.handle(std::move(batch));
      }) {}

Task<std::optional<cart::ProductNews>>
CartProgram::SimulatedCatalog::find(cart::ProductId product, Context, cart::Deadline) {
    co_await products_.store.reach(node_);
    std::optional<cart::ProductNews> news;
    const auto item = products_.shelf.find(product::ProductId(product.value()));
    if (item != products_.shelf.end()) {
        cart::Product found{product, item->second.name, std::nullopt, item->second.price};
        news = cart::ProductNews{std::move(found), false, Scheduler::beginning};
    }
    co_await products_.store.come_back(node_);
    co_return news;
}

EmailProgram::EmailProgram(World& world, Broker& broker, Mailbox& mailbox, Node& node)
    : mailer_(world, mailbox, node), news_(world, broker, node),
      send_mail_(mailer_, news_, "tandem.shop.test"),
      mails_(send_mail_, messaging::shop_queue("email_service_queue").attempts_max()),
      consumer_(world,
                broker,
                node,
                messaging::shop_queue("email_service_queue"),
                {.prefetch = 8, .batch_max = 1, .concurrency = 4},
                [this](auto batch) { return mails_.handle(std::move(batch)); }) {}

} // namespace tandem::simulation
