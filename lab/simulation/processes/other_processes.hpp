#pragma once

#include "lab/simulation/parts/consumer.hpp"
#include "lab/simulation/parts/post_office.hpp"
#include "lab/simulation/stores/cart_store.hpp"
#include "lab/simulation/stores/stock_store.hpp"
#include "services/cart/api/shop_events.hpp"
#include "services/cart/core/shopping.hpp"
#include "services/email/api/mail_consumer.hpp"

namespace tandem::simulation {

/// The cart service as its main.cpp wires it, without HTTP.
class CartProgram {
public:
    CartProgram(World& world, Broker& broker, CartTables& tables, StockTables& products, Node& node);

    void start() { consumer_.start(); }
    cart::Shopping& shopping() { return shopping_; }

private:
    /// What the catalog tells of a product that no event has told of yet.
    class SimulatedCatalog final : public cart::Catalog {
    public:
        SimulatedCatalog(StockTables& products, Node& node) : products_(products), node_(node) {}
        Task<std::optional<cart::ProductNews>>
        find(cart::ProductId product, Context context, cart::Deadline deadline) override;

    private:
        StockTables& products_;
        Node& node_;
    };

    SimulatedCarts carts_;
    SimulatedCatalog catalog_;
    cart::Shopping shopping_;
    SimulatedEventBook book_;
    cart::ShopEventsConsumer events_;
    Consuming consumer_;
};

/// The email service as its main.cpp wires it.
class EmailProgram {
public:
    EmailProgram(World& world, Broker& broker, Mailbox& mailbox, Node& node);

    void start() { consumer_.start(); }

private:
    SimulatedMailer mailer_;
    SimulatedMailNews news_;
    email::SendMail send_mail_;
    email::MailConsumer mails_;
    Consuming consumer_;
};

} // namespace tandem::simulation
