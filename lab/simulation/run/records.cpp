#include "lab/simulation/run/laws.hpp"

#include <algorithm>

namespace tandem::simulation {
namespace {

using order::OrderState;
using order::OrderStatus;

std::vector<std::string> templates_for(const Shop& shop, const OrderState& state) {
    std::vector<std::string> templates;
    for (const OrderTables::Row& row : shop.order_tables.events.at(state.id)) {
        for (const std::string_view told :
             {"order.paid", "order.failed", "order.cancelled", "order.shipped"}) {
            if (row.type == told) {
                templates.push_back("order_" + std::string(told.substr(told.find('.') + 1)));
            }
        }
    }
    return templates;
}

/// Each step that a customer is told of has its mail. It may come twice, then as the same message.
void customers_are_told(Shop& shop) {
    std::map<std::string, std::set<std::string>> messages; // by recipient and subject
    for (const ReceivedMail& mail : shop.mailbox) {
        messages[mail.to + " " + mail.template_name + " " + mail.subject.substr(mail.subject.find('#') + 1)]
            .insert(mail.message_id);
    }
    for (const auto& [id, state] : shop.order_tables.orders) {
        for (const std::string& name : templates_for(shop, state)) {
            const auto count =
                messages[state.user_email + " " + name + " " + std::to_string(id.value())].size();
            if (count != 1) {
                shop.world().violation(fmt::format("order {} has {} mails {}", id.value(), count, name));
            }
        }
    }
}

void nothing_is_left(Shop& shop) {
    for (const Broker::Rest& rest : shop.broker.rest()) {
        shop.world().violation(fmt::format("{} is left in {}", rest.what, rest.queue));
    }
    for (const Store* store : {&shop.order_tables.store,
                               &shop.stock_tables.store,
                               &shop.payment_tables.store,
                               &shop.cart_tables.store}) {
        if (!store->at_rest()) {
            shop.world().violation(store->name() + " has events in its outbox, or locks held");
        }
    }
}

/// The projection is what the events say, each of which was allowed when it came.
void orders_equal_their_events(Shop& shop) {
    for (const auto& [id, state] : shop.order_tables.orders) {
        try {
            if (shop.order_tables.replay(id).state() != state) {
                shop.world().violation(fmt::format("order {} is not what its events say", id.value()));
            }
        } catch (const std::logic_error& error) {
            shop.world().violation(fmt::format("order {}: {}", id.value(), error.what()));
        }
    }
}

/// Pieces leave a cart because they were bought, and for no other reason.
void carts_lose_nothing(Shop& shop, const People& people) {
    for (const auto& [place, record] : people.carts()) {
        const auto& [user, product] = place;
        std::int64_t bought = 0;
        for (const auto& [id, state] : shop.order_tables.orders) {
            for (const order::OrderLine& line : state.lines) {
                const bool is_it = state.user.value() == user && line.product.value() == product;
                bought += is_it ? line.quantity : 0;
            }
        }
        const auto& lines = shop.cart_tables.carts[cart::UserId(user)];
        const auto line = lines.find(cart::ProductId(product));
        const std::int64_t left = line == lines.end() ? 0 : line->second.quantity;
        if (left + bought < record.sure) {
            shop.world().violation(
                fmt::format("customer {} put {} of product {} into the cart: {} are left, {} were ordered",
                            user,
                            record.sure,
                            product,
                            left,
                            bought));
        }
    }
}

} // namespace

void check_records(Shop& shop, const People& people) {
    customers_are_told(shop);
    nothing_is_left(shop);
    orders_equal_their_events(shop);
    carts_lose_nothing(shop, people);
}

} // namespace tandem::simulation
